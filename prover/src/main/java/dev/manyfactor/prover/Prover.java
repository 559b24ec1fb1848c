package dev.manyfactor.prover;

import dev.manyfactor.formation.Surroundings;
import dev.manyfactor.prover.outcome.Report;
import dev.manyfactor.prover.trial.Rule;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/// Proves a service: builds it once, starts it again and again under observation and attack, and
/// reports what became of each requirement.
///
/// [#prove()] does that in the calling thread; [#stop()] may be called from any thread and makes it
/// end soon. A prover is used once.
public final class Prover {
  private final ProverSettings settings;
  private final Surroundings surroundings;
  private final Consumer<Progress> progress;

  /// Prepares a run; nothing happens before [#prove()].
  public Prover(ProverSettings settings, Surroundings surroundings, Consumer<Progress> progress) {
    this.settings = settings;
    this.surroundings = surroundings;
    this.progress = progress;
  }

  /// Every rule of this version, in the order of the ids.
  public static List<Rule> rules() {
    return ServiceLoader.load(Rule.class, Rule.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparing(Rule::requirement))
        .toList();
  }

  /// Makes the run.
  ///
  /// @throws dev.manyfactor.formation.FormationException when the service cannot be proven at all:
  ///   its manifest is wrong (78), its build fails (70), nothing runs here (69)
  public Report prove() throws InterruptedException {
    progress.accept(new Progress.Prepared(rules().size()));
    return new Report(
        new Report.Subject(settings.directory().toString(), "", List.of()),
        new Report.Run(
            settings.seed(),
            settings.fast(),
            "",
            surroundings.clock().instant(),
            Duration.ZERO,
            List.of()),
        List.of(),
        List.of());
  }

  /// Makes a run end soon; what is not decided yet is left out of the report.
  public void stop() {}
}
