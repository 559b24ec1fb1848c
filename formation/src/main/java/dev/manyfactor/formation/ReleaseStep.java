package dev.manyfactor.formation;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/// The task of a service that runs to its end before its processes start, usually its migration.
///
/// @param task its name
/// @param command what it runs
record ReleaseStep(ServiceLauncher launcher, String task, Command command) {

  /// Runs the step of a service that has one; fails when it fails or takes longer than `patience`.
  static void run(ServiceLauncher launcher, Duration patience) throws InterruptedException {
    Manifest.Programs programs = launcher.manifest().programs();
    Optional<String> task = programs.release();
    if (task.isPresent()) {
      new ReleaseStep(launcher, task.get(), programs.task(task.get()).orElseThrow()).run(patience);
    }
  }

  private void run(Duration patience) throws InterruptedException {
    String service = launcher.manifest().name();
    Stopwatch watch = launcher.stopwatch();
    LastLines last = new LastLines();
    launcher.tell(new Event.Releasing(service, task));
    ChildProcess process = launcher.launch(task, command, launcher.wires().release(), last::add);
    try {
      int code = process.awaitOrEnd(patience);
      if (code != 0) {
        throw new FormationException(
            ServiceRun.passedOn(code),
            "the release step of %s failed with exit code %d: `%s` in %s; what it wrote is below"
                .formatted(service, code, command.line(), launcher.manifest().directory()),
            last.lines());
      }
    } catch (TimeoutException tooLong) {
      throw new FormationException(
          ExitCode.UNAVAILABLE.number(),
          "the release step of %s has not ended after %d s: `%s`; what it wrote is below"
              .formatted(service, patience.toSeconds(), command.line()),
          last.lines());
    }
    launcher.tell(new Event.Released(service, task, watch.elapsed()));
  }
}
