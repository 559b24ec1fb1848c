/// What the tests of a service use: the service running, with a real database, a client and tokens.
@NullMarked
package dev.manyfactor.testing;

import org.jspecify.annotations.NullMarked;
