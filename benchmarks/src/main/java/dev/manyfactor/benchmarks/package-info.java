/// What is claimed about speed, measured by one command each: `benchmarks/run PaymentsThroughput`,
/// `benchmarks/run StartUp`.
///
/// Promises that a figure is never alone: in the same run, on the same PostgreSQL with durable
/// commits, a [Floor] sends the same statements from a bare handler on the same HTTP server, and
/// what is reported is the ratio. Every answer's status is checked, and after a run the rows are
/// counted. Each run writes `docs/evidence/<name>.json` with all it measured.
///
/// Refuses to compare figures of two runs: the machine differs from one to the next.
///
/// Read [PaymentsThroughput] first, then [Load] and [Floor].
@NullMarked
package dev.manyfactor.benchmarks;

import org.jspecify.annotations.NullMarked;
