package dev.manyfactor.chaos.sweep;

import dev.manyfactor.faults.PostgresMessage;
import java.util.List;

/// One thing that the service does, which can be done again and again: an operation, a job, or an
/// instant of a schedule.
sealed interface Play permits OperationPlay, JobPlay, SchedulePlay {
  /// What the manifest calls it.
  String subject();

  /// The process type that does it.
  String process();

  /// Does it without a fault.
  ///
  /// @return what the process has said to the database meanwhile
  List<PostgresMessage> rehearse() throws InterruptedException;

  /// Does it with a fault.
  Verdict perform(Cell cell) throws InterruptedException;
}
