package dev.manyfactor.prover;

import dev.manyfactor.formation.Builds;
import dev.manyfactor.formation.Event;
import dev.manyfactor.formation.FormationException;
import dev.manyfactor.formation.Manifest;
import dev.manyfactor.formation.ProcessType;
import dev.manyfactor.formation.RequiredPrograms;
import dev.manyfactor.formation.Surroundings;
import dev.manyfactor.prover.observe.Sandbox;
import dev.manyfactor.prover.outcome.Report;
import dev.manyfactor.prover.stage.Stage;
import dev.manyfactor.prover.stage.Subjects;
import dev.manyfactor.prover.trial.Rule;
import dev.manyfactor.prover.trial.Subject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Proves a service: builds it once, starts it again and again under observation and attack, and
/// reports what became of each requirement.
///
/// [#prove()] does that in the calling thread; [#stop()] may be called from any thread and makes it
/// end soon. A prover is used once.
public final class Prover {
  private static final Path TEMPORARY = Path.of("/var/tmp");
  private static final Duration BUILD = Duration.ofMinutes(15);

  private final ProverSettings settings;
  private final Surroundings surroundings;
  private final Consumer<Progress> progress;
  private final AtomicBoolean stopped = new AtomicBoolean();
  private volatile @Nullable Thread running;

  /// Prepares a run; nothing happens before [#prove()].
  ///
  /// @param progress is told on many threads, one at a time
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
  /// @throws FormationException when the service cannot be proven at all: its manifest is wrong
  ///   (78), there is none (64), a program is missing (69)
  /// @throws InterruptedException when it was stopped before there was anything to report
  public Report prove() throws InterruptedException {
    running = Thread.currentThread();
    if (stopped.get()) {
      throw new InterruptedException("stopped before it began");
    }
    Manifest manifest = manifest();
    Waivers.requireKnown(manifest);
    RequiredPrograms.check(List.of(manifest), surroundings.environment());
    RunReport report = new RunReport(settings, surroundings, Checkouts.of(manifest.directory()));
    Optional<String> broken = build(manifest);
    try (Sandbox sandbox = Sandbox.open(TEMPORARY, surroundings.nanos())) {
      report.conditions(sandbox.conditions());
      report.conditions(Waivers.expired(manifest, today()));
      report.conditions(brevity(manifest));
      Subject subject =
          broken.isPresent()
              ? Subjects.unbuilt(manifest, report.checkout())
              : Subjects.of(manifest, report.checkout(), sandbox, surroundings);
      report.subject(subject);
      run(subject, sandbox, broken, report);
    } catch (InterruptedException stop) {
      if (!stopped.get() || !report.isBegun()) {
        throw stop;
      }
      report.conditions(
          List.of("The run was called off: what was not decided by then is not in this report"));
    }
    return report.made();
  }

  /// Processes that start in seconds and end in seconds spend most of their time on compiling.
  private Manifest manifest() {
    Manifest read = Subjects.withSamples(Manifest.read(settings.directory()), settings.samples());
    return settings.fast() ? read.briefly() : read;
  }

  private static List<String> brevity(Manifest manifest) {
    return manifest.programs().processes().stream()
            .map(ProcessType::command)
            .anyMatch(command -> command.brief() && command.archive().isPresent())
        ? List.of("Its JVMs compile only a little, as in every fast run: -XX:TieredStopAtLevel=1")
        : List.of();
  }

  private LocalDate today() {
    return LocalDate.ofInstant(surroundings.clock().instant(), ZoneOffset.UTC);
  }

  private Optional<String> build(Manifest manifest) throws InterruptedException {
    Duration patience = settings.limit().compareTo(BUILD) < 0 ? settings.limit() : BUILD;
    try {
      new Builds(surroundings, patience).ensure(manifest, this::told);
      return Optional.empty();
    } catch (FormationException failure) {
      List<String> lines = new ArrayList<>(failure.evidence());
      lines.addFirst(String.valueOf(failure.getMessage()));
      return Optional.of(String.join("\n", lines));
    }
  }

  private void told(Event event) {
    switch (event) {
      case Event.Building building ->
          progress.accept(new Progress.Preparing("building: " + building.command()));
      case Event.BuildOutput output ->
          progress.accept(new Progress.BuildOutput(output.elapsed(), output.line()));
      default -> {}
    }
  }

  private void run(Subject subject, Sandbox sandbox, Optional<String> broken, RunReport report)
      throws InterruptedException {
    RuleRuns runs = new RuleRuns(settings, surroundings, progress, report);
    if (broken.isPresent()) {
      runs.allUnreached(subject, broken.get());
      return;
    }
    progress.accept(new Progress.Preparing("starting what the service needs"));
    try (Stage stage = new Stage(subject, sandbox, surroundings, sandbox.own("backing"))) {
      runs.all(stage);
    }
  }

  /// Makes a run end soon; what is not decided yet is left out of the report.
  public void stop() {
    stopped.set(true);
    Thread thread = running;
    if (thread != null) {
      thread.interrupt();
    }
  }
}
