/// Starts a service, attacks it, and says which requirements it survived; for services in any
/// language.
///
/// It promises that no outcome exists without its evidence, that everything it has started is gone
/// when it ends, and that it touches nothing but the loopback address and its scratch folders. It
/// knows nothing of our own runtime. Read [Prover] first, then [dev.manyfactor.prover.trial.Rule]
/// and one file of [dev.manyfactor.prover.rules].
@NullMarked
package dev.manyfactor.prover;

import org.jspecify.annotations.NullMarked;
