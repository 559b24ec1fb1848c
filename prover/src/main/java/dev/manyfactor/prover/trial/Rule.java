package dev.manyfactor.prover.trial;

import dev.manyfactor.prover.outcome.Control;
import java.util.List;
import java.util.Set;

/// How one requirement is decided: when it applies, what is tried, what is seen, what follows.
///
/// Its sentence, remedy and page stand in the catalogue of factors under the same id. A rule is one
/// file with `@AutoService(Rule.class)` in [dev.manyfactor.prover.rules]; nothing else knows of it.
/// It has no state: one instance serves every run, on many threads.
public interface Rule {
  /// The requirement that it decides, for example `09-2`.
  String requirement();

  /// Whether the requirement concerns this service, by what is seen of it.
  default Applicability antecedent(Bench bench) throws InterruptedException {
    return Applicability.applies();
  }

  /// What is tried; at least one.
  List<Trial> trials(Bench bench) throws InterruptedException;

  /// How many trials have to be survived; all that were planned unless said otherwise.
  default int minimum(List<Trial> planned) {
    return planned.size();
  }

  /// How many of its trials may run side by side, each in a scene of its own.
  default int atOnce() {
    return 1;
  }

  /// The controls without which its verdict does not count.
  default Set<Control> controls() {
    return Set.of();
  }

  /// Whether it asks about a service that never becomes ready, too. The others are not asked then.
  default boolean needsBaseline() {
    return true;
  }

  /// Whether most of it is waiting out deadlines, so that it begins first and beside the others.
  default boolean waitsLong() {
    return false;
  }

  /// Whether its trials only talk to the service: they start processes as always, send requests,
  /// read the database, and leave all else as it is. They may then talk to processes that run
  /// already, to which others have talked before; what they find wrong counts if it is found on a
  /// start of their own as well.
  default boolean onlyTalks() {
    return false;
  }

  /// Whether it measures time, so that nothing else may run beside it.
  default boolean isMeasurement() {
    return false;
  }
}
