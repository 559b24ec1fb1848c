package dev.manyfactor.jobs;

import dev.manyfactor.database.Write;
import java.util.Optional;

/// A [SteppedJob] and how its checkpoints are stored.
record Stepped<P extends Record, C extends Record>(Class<C> checkpoint, SteppedJob<P, C> job)
    implements Job<P> {
  private static final String REACHED = "select data from manyfactor.checkpoint where job = ?";

  /// The next step's place in the queue is behind the jobs that are due by now, so that a long job
  /// does not keep others waiting. A higher fence tells its row from the one that was claimed.
  private static final String GO_ON =
      """
      with saved as (
        insert into manyfactor.checkpoint (job, data) values (?, ?)
        on conflict (job) do update
          set data = excluded.data, steps = checkpoint.steps + 1, saved_at = now())
      insert into manyfactor.job
        (id, kind, tenant, payload, unique_key, release, trace, fence, failures, enqueued_at)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?)
      """;

  private static final String FORGET = "delete from manyfactor.checkpoint where job = ?";

  @Override
  public Policy policy() {
    return job.policy();
  }

  /// Does the next step, and puts the job back if it was not the last.
  ///
  /// @return whether it was the last
  boolean step(Write write, P payload, StoredJob stored) {
    Optional<C> from =
        write
            .sql(REACHED, stored.id().value())
            .optional(row -> row.text("data"))
            .map(data -> Payload.readCheckpoint(stored.kind(), checkpoint, data));
    Optional<C> next = job.step(write, payload, from);
    next.ifPresent(reached -> goOn(write, stored, reached));
    if (next.isEmpty() && from.isPresent()) {
      write.updateOne(FORGET, stored.id().value());
    }
    return next.isEmpty();
  }

  private void goOn(Write write, StoredJob stored, C reached) {
    write.updateOne(
        GO_ON,
        stored.id().value(),
        Payload.writeCheckpoint(stored.kind(), reached),
        stored.id().value(),
        stored.kind(),
        stored.tenant().id(),
        stored.payload(),
        stored.uniqueKey(),
        stored.release(),
        stored.trace(),
        stored.fence() + 1,
        stored.failures(),
        stored.enqueuedAt());
  }
}
