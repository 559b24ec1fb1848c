/// What stands around a service while it is proven: its database, the stand-ins for what it calls,
/// the proxies between, and the processes of one trial.
///
/// [Stage] is opened once in a run, a scene of it for each trial.
@NullMarked
package dev.manyfactor.prover.stage;

import org.jspecify.annotations.NullMarked;
