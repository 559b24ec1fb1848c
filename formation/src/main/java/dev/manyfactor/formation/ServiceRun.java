package dev.manyfactor.formation;

import dev.manyfactor.formation.FormationState.ServiceState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// The processes of one service of a running formation: their start, their readiness, their end.
final class ServiceRun implements Parts.Part {
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration REPORT = Duration.ofSeconds(1);

  private final ServiceLauncher launcher;
  private final Duration patience;
  private final List<ProcessRun> processes = new CopyOnWriteArrayList<>();

  /// Prepares a service; nothing is started.
  ///
  /// @param patience how long a process may take to end
  ServiceRun(ServiceLauncher launcher, Duration patience) {
    this.launcher = launcher;
    this.patience = patience;
  }

  List<ProcessRun> processes() {
    return processes;
  }

  ServiceState state() {
    return new ServiceState(
        launcher.manifest().name(),
        launcher.manifest().directory(),
        processes.stream().map(ProcessRun::state).toList(),
        launcher.wires().environment(),
        launcher.wires().release());
  }

  /// Starts all processes; they are not ready yet.
  void start() {
    for (ProcessType type : launcher.manifest().programs().processes()) {
      ProcessRun process = ProcessRun.start(launcher, type);
      processes.add(process);
      launcher.tell(new Event.Started(process.name()));
    }
  }

  /// Waits until every process is ready; fails when one ends or takes longer than `bound`.
  void awaitReady(Duration bound) throws InterruptedException {
    Stopwatch watch = launcher.stopwatch();
    List<ProcessRun> pending = new ArrayList<>(processes);
    Duration reported = Duration.ZERO;
    while (!pending.isEmpty()) {
      Duration elapsed = watch.elapsed();
      boolean report = elapsed.minus(reported).compareTo(REPORT) >= 0;
      reported = report ? elapsed : reported;
      for (ProcessRun process : List.copyOf(pending)) {
        Optional<String> reason = whyNotReady(process);
        if (reason.isEmpty()) {
          pending.remove(process);
          launcher.tell(new Event.BecameReady(process.name(), elapsed));
        } else if (elapsed.compareTo(bound) > 0) {
          throw notReady(process, bound, reason.get());
        } else if (report) {
          launcher.tell(new Event.Awaiting(process.name(), elapsed, reason.get()));
        }
      }
      Thread.sleep(pending.isEmpty() ? Duration.ZERO : POLL);
    }
  }

  private static Optional<String> whyNotReady(ProcessRun process) throws InterruptedException {
    Optional<String> reason = process.whyNotReady();
    if (process.child().isAlive()) {
      return reason;
    }
    int code = process.child().await();
    throw new FormationException(
        passedOn(code),
        "%s ended with exit code %d before it was ready; what it wrote is below"
            .formatted(process.name(), code),
        process.lastLines());
  }

  private static FormationException notReady(ProcessRun process, Duration bound, String reason) {
    return new FormationException(
        ExitCode.UNAVAILABLE.number(),
        "%s is not ready after %d s: %s; what it wrote is below"
            .formatted(process.name(), bound.toSeconds(), reason),
        process.lastLines());
  }

  /// Calls `ended` when a process ends that nobody asked to.
  void watch(Consumer<FormationException> ended) {
    for (ProcessRun process : processes) {
      var _ = process.child().onExit().thenAccept(code -> ended.accept(failureOf(process, code)));
    }
  }

  private static FormationException failureOf(ProcessRun process, int code) {
    return new FormationException(
        passedOn(code),
        "%s ended with exit code %d, and nobody asked it to; the formation stops"
            .formatted(process.name(), code),
        List.of());
  }

  /// Ends the processes one after the other: who serves, the others, the worker; each is killed
  /// when it takes too long.
  @Override
  public void stop() throws InterruptedException {
    for (ProcessRun process :
        processes.stream().sorted(Comparator.comparingInt(ProcessRun::stopsAt)).toList()) {
      boolean byItself = process.child().stop(patience);
      launcher.tell(new Event.Stopped(process.name(), byItself));
    }
  }

  @Override
  public void kill() {
    processes.forEach(process -> process.child().kill());
  }

  /// What the supervisor ends with when a process ended with `code`: a code of sysexits (64 to 78)
  /// is passed on.
  static int passedOn(int code) {
    return code >= 64 && code <= 78 ? code : ExitCode.INTERNAL.number();
  }
}
