/// Requests made of a contract, sent to the service that keeps it, and judged.
///
/// It promises that what was sent follows from a seed, so that a request can be sent again by its
/// index; that each broken request is broken in a place that is known; and that the judge shares no
/// code with the judged. It knows nothing of the runtime: a service in another language is judged
/// alike.
///
/// Read [ContractFuzz] first, then [dev.manyfactor.fuzz.generate.Requests] and
/// [dev.manyfactor.fuzz.judge.Oracle].
@NullMarked
package dev.manyfactor.fuzz;

import org.jspecify.annotations.NullMarked;
