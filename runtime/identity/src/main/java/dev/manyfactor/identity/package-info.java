/// Tokens verified against cached keys; scopes and tenant.
@NullMarked
package dev.manyfactor.identity;

import org.jspecify.annotations.NullMarked;
