package dev.manyfactor.jobs;

import dev.manyfactor.database.Write;
import java.time.Instant;

/// Work that a [Schedule] asks for, once per instant and tenant, over all processes.
///
/// When an instant comes, one scheduler adds one job per known tenant in one transaction; workers
/// run them, so a schedule has the retries, dead letters and figures of any [TransactionalJob]. A
/// tenant is known once it has added a job, or the service has said so with [Jobs#know].
@FunctionalInterface
public interface Scheduled {

  /// Does the work of one tenant.
  ///
  /// @param write the transaction, of that tenant
  /// @param instant when it was due by the schedule, not when it runs
  void run(Write write, Instant instant);

  /// How it is tried.
  default Policy policy() {
    return Policy.TRANSACTIONAL;
  }
}
