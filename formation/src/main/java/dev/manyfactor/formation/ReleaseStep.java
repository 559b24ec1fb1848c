package dev.manyfactor.formation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// The task of a service that runs to its end before its processes start, usually its migration.
///
/// The steps of all services run at the same time, and all of them to their end: what is wrong with
/// several services is said at once.
final class ReleaseStep {
  private final ServiceLauncher launcher;
  private final String task;
  private final Command command;
  private final ChildProcess process;
  private final Stopwatch watch;
  private final LastLines last = new LastLines();

  private ReleaseStep(ServiceLauncher launcher, String task, Command command) {
    this.launcher = launcher;
    this.task = task;
    this.command = command;
    this.watch = launcher.stopwatch();
    launcher.tell(new Event.Releasing(launcher.manifest().name(), task));
    this.process = launcher.launch(task, command, launcher.wires().release(), last::add);
  }

  /// Runs the steps of those services that have one; fails when one fails or takes longer than
  /// `patience`.
  static void runAll(List<ServiceLauncher> services, Duration patience)
      throws InterruptedException {
    List<ReleaseStep> steps = new ArrayList<>();
    List<FormationException> failures = new ArrayList<>();
    try {
      services.forEach(service -> of(service).ifPresent(steps::add));
      for (ReleaseStep step : steps) {
        step.failureWithin(patience).ifPresent(failures::add);
      }
    } finally {
      steps.forEach(step -> step.process.kill()); // those that still run were interrupted
    }
    if (!failures.isEmpty()) {
      throw all(failures);
    }
  }

  private static Optional<ReleaseStep> of(ServiceLauncher service) {
    Manifest.Programs programs = service.manifest().programs();
    return programs
        .release()
        .flatMap(
            task -> programs.task(task).map(command -> new ReleaseStep(service, task, command)));
  }

  private Optional<FormationException> failureWithin(Duration patience)
      throws InterruptedException {
    String service = launcher.manifest().name();
    try {
      int code = process.awaitOrEnd(patience);
      if (code == 0) {
        launcher.tell(new Event.Released(service, task, watch.elapsed()));
        return Optional.empty();
      }
      String failed = "failed with exit code " + code;
      return Optional.of(failure(ServiceRun.passedOn(code), failed));
    } catch (TimeoutException tooLong) {
      String failed = "has not ended after " + patience.toSeconds() + " s";
      return Optional.of(failure(ExitCode.UNAVAILABLE.number(), failed));
    }
  }

  private FormationException failure(int exitCode, String failed) {
    return new FormationException(
        exitCode,
        "the release step of %s %s: `%s` in %s; %s"
            .formatted(
                launcher.manifest().name(),
                failed,
                command.line(),
                launcher.manifest().directory(),
                last.place()),
        last.lines());
  }

  /// One failure as it is; of several the last, which is that of the service asked for, with the
  /// others below it.
  private static FormationException all(List<FormationException> failures) {
    FormationException main = failures.getLast();
    List<String> evidence =
        Stream.concat(
                main.evidence().stream(),
                failures.stream()
                    .limit(failures.size() - 1L)
                    .flatMap(other ->
                        Stream.concat(
                            Stream.of("", "and " + other.getMessage()), other.evidence().stream())))
            .toList();
    return new FormationException(main.exitCode(), String.valueOf(main.getMessage()), evidence);
  }
}
