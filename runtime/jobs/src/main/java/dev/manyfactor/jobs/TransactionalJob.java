package dev.manyfactor.jobs;

import dev.manyfactor.database.Write;

/// A job whose claim, work and completion are one database transaction.
///
/// A crash at any instant rolls all three back and the job is due again at once, so its effects in
/// this database happen once. It may make no calls: the transaction is open while it runs. Keep it
/// short, for it holds a pooled connection and keeps dead rows from being vacuumed.
///
/// A process that is killed leaves no trace of the attempt, so such attempts are not counted.
@FunctionalInterface
public non-sealed interface TransactionalJob<P extends Record> extends Job<P> {

  /// Does the work.
  ///
  /// @param write the transaction, of the tenant for whom the job was added
  void run(Write write, P payload);

  @Override
  default Policy policy() {
    return Policy.TRANSACTIONAL;
  }
}
