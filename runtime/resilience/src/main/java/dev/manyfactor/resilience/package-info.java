/// Calls to other services, each within connect, attempt, total and request bounds.
///
/// Promises: no call waits longer than the shortest of its four [Bound]s, reads more than its
/// settings allow, follows a redirect, or is repeated unless repeating it does no harm. What a
/// caller gets is an answer or an [UpstreamException] that names the upstream and the remedy.
///
/// Refuses: a call while a transaction is open, and any way to turn a bound off.
///
/// Read [Upstream] first, then `Attempts` (one call) and `Attempt` (one exchange). A breaker and a
/// retry budget belong into `Attempts`, around each attempt; a bulkhead into [Upstream], around
/// each call.
@NullMarked
package dev.manyfactor.resilience;

import org.jspecify.annotations.NullMarked;
