package dev.manyfactor.jobs;

import dev.manyfactor.database.Call;

/// A job that may call other services: it is leased to one worker while it runs.
///
/// No transaction is open during the calls. `call.key()` is derived from the job's id and is the
/// same in every attempt: hand it to the other service, because an attempt that was cut off is made
/// again. The one `call.write(…)` at the end commits the effects together with the completion, and
/// only if the lease still holds: a worker that was taken for dead cannot commit. A job that
/// returns without a write is completed in a transaction of its own.
@FunctionalInterface
public non-sealed interface LeasedJob<P extends Record> extends Job<P> {

  /// Does the work.
  ///
  /// @param call reads, calls under a derived key, and one write; of the tenant for whom the job
  ///   was added
  void run(Call call, P payload);

  @Override
  default Policy policy() {
    return Policy.LEASED;
  }
}
