/// What modules that keep guarantees inside a transaction need: statements in the round trips of
/// BEGIN and COMMIT, a call's two transactions, and connections outside of the pool.
///
/// A service has no use for this package.
@NullMarked
package dev.manyfactor.database.spi;

import org.jspecify.annotations.NullMarked;
