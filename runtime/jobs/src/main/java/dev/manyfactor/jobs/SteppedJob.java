package dev.manyfactor.jobs;

import dev.manyfactor.database.Write;
import java.util.Optional;

/// A long job that goes in steps, each of which is one database transaction.
///
/// A step does a part of the work and returns where the next one starts: its checkpoint, which
/// commits together with the step's effects and the place in the queue. So after a crash, a failure
/// or a stop the job goes on where the last step has ended, in this process or another, and each
/// step has one effect. Between two steps the job is due like any other: it holds nothing, other
/// jobs of its kind may come first, and a worker that drains leaves it to the rest.
///
/// A step that fails is tried again from its checkpoint. One that succeeds gives the next all
/// attempts of the [Policy], and the deadline is that of a step. The dead letter of a stepped job
/// keeps its checkpoint; retried, it goes on from there.
///
/// ```java
/// Optional<Through> step(Write write, Statement.Asked asked, Optional<Through> from) {
///   List<Account> page = accounts.after(write, from, 100);
///   page.forEach(account -> statements.write(write, asked.month(), account));
///   return page.size() < 100 ? Optional.empty() : Optional.of(new Through(page.getLast().id()));
/// }
/// ```
///
/// @param <P> the payload
/// @param <C> the checkpoint: a record of plain values, stored like a payload, at most 64 KiB
@FunctionalInterface
public interface SteppedJob<P extends Record, C extends Record> {

  /// Does one step.
  ///
  /// @param write the transaction, of the tenant for whom the job was added
  /// @param from where the step before has ended; empty in the first
  /// @return where the next step starts; empty if this was the last
  Optional<C> step(Write write, P payload, Optional<C> from);

  /// How often and how patiently a step is tried, and how long it may take.
  default Policy policy() {
    return Policy.TRANSACTIONAL;
  }
}
