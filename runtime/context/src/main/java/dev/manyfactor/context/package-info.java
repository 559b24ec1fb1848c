/// Who asks, for which tenant, until when, from which release.
@NullMarked
package dev.manyfactor.context;

import org.jspecify.annotations.NullMarked;
