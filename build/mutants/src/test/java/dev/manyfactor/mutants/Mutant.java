package dev.manyfactor.mutants;

import dev.manyfactor.chaos.sweep.Cell;
import dev.manyfactor.chaos.sweep.Fault;
import dev.manyfactor.faults.Moment;
import java.util.List;
import java.util.Locale;

/// The planted bugs, each of which the crash sweep has to tell.
enum Mutant {
  /// The answer is kept after the work has been committed.
  RESPONSE_IN_A_SECOND_TRANSACTION,
  /// A job is taken out of its table for good, and only then worked on.
  CLAIM_COMMITTED_BEFORE_THE_WORK,
  /// A job's completion is committed after its effects.
  ACKNOWLEDGEMENT_OUTSIDE,
  /// Whoever lost a lease may complete the job all the same.
  NO_FENCE,
  /// Two tenants whose callers have one name share their keys.
  KEY_WITHOUT_TENANT,
  /// Whoever waits for a key looks for its answer with eyes from before the wait.
  LOOK_IN_THE_LOCKS_STATEMENT;

  /// What payments checks itself before it captures would hide what the runtime does wrong.
  private static final String TRUSTING = "trusting-service";

  /// A worker that notices that it has been given up interrupts its jobs, before the fence is
  /// needed.
  private static final String NOT_FENCING_ITSELF = "no-self-fencing";

  /// The operation or job in which it can be seen.
  String subject() {
    return switch (this) {
      case RESPONSE_IN_A_SECOND_TRANSACTION, KEY_WITHOUT_TENANT, LOOK_IN_THE_LOCKS_STATEMENT ->
          "createCustomer";
      case CLAIM_COMMITTED_BEFORE_THE_WORK, ACKNOWLEDGEMENT_OUTSIDE, NO_FENCE -> "capture";
    };
  }

  /// Whether it is tried in a cell: at every statement of its subject, with the fault that it takes
  /// to see it.
  boolean isTriedIn(Cell cell) {
    return cell.fault() == fault()
        && cell.spot().label().startsWith("EXECUTE ")
        && (!losesJobs() || cell.moment() == Moment.ANSWER_HELD);
  }

  /// A job that is lost is waited for at length, so one moment has to do.
  private boolean losesJobs() {
    return this == CLAIM_COMMITTED_BEFORE_THE_WORK;
  }

  private Fault fault() {
    return switch (this) {
      case RESPONSE_IN_A_SECOND_TRANSACTION, CLAIM_COMMITTED_BEFORE_THE_WORK -> Fault.CUT;
      case ACKNOWLEDGEMENT_OUTSIDE -> Fault.KILL;
      case NO_FENCE, KEY_WITHOUT_TENANT, LOOK_IN_THE_LOCKS_STATEMENT -> Fault.STALL;
    };
  }

  /// As it is in names of files and on the command line.
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The names of the patches that make it.
  List<String> patches() {
    return switch (this) {
      case ACKNOWLEDGEMENT_OUTSIDE -> List.of(label(), TRUSTING);
      case NO_FENCE -> List.of(label(), TRUSTING, NOT_FENCING_ITSELF);
      case RESPONSE_IN_A_SECOND_TRANSACTION,
          CLAIM_COMMITTED_BEFORE_THE_WORK,
          KEY_WITHOUT_TENANT,
          LOOK_IN_THE_LOCKS_STATEMENT ->
          List.of(label());
    };
  }

  /// No bug, but nothing in front of what is to be seen either: the sweep has to find nothing.
  static List<String> control() {
    return List.of(TRUSTING, NOT_FENCING_ITSELF);
  }
}
