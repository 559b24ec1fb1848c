package dev.manyfactor.formation;

import dev.manyfactor.formation.FormationState.ProcessState;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One of the processes of a running service: a name and its ports, and whichever process has them
/// at the moment.
///
/// Where a router stands in front, the instance is in there only while it is ready and nobody wants
/// it to end. Safe on many threads.
final class Instance {
  private static final Duration POLL = Duration.ofMillis(20);

  private final ServiceLauncher launcher;
  private final Placement.Slot slot;
  private final Optional<Router> router;
  private final Duration patience;
  private @Nullable ProcessRun current;
  private @Nullable Keeper keeper;
  private boolean serving;
  private boolean leaving;
  private boolean ended;

  /// Prepares an instance; nothing is started.
  ///
  /// @param patience how long it may take to end
  Instance(
      ServiceLauncher launcher, Placement.Slot slot, Optional<Router> router, Duration patience) {
    this.launcher = launcher;
    this.slot = slot;
    this.router = router;
    this.patience = patience;
  }

  String name() {
    return launcher.manifest().name() + "." + slot.name();
  }

  /// Where it comes when the service stops: who serves first, the worker last, since the others
  /// make its work.
  int stopsAt() {
    return slot.type().listens().isPresent() ? 0 : slot.type().name().equals("worker") ? 2 : 1;
  }

  boolean isRouted() {
    return router.isPresent();
  }

  /// Starts its process, the first or the next.
  ///
  /// @throws InterruptedException if the instance has been ended
  synchronized ProcessRun start() throws InterruptedException {
    if (ended) {
      throw new InterruptedException(name() + " has been ended");
    }
    ProcessRun started = ProcessRun.start(launcher, slot);
    current = started;
    leaving = false;
    launcher.tell(new Event.Started(name()));
    return started;
  }

  /// The process that it has, or had last.
  synchronized ProcessRun process() {
    ProcessRun process = current;
    if (process == null) {
      throw new IllegalStateException(name() + " was asked for its process before it was started");
    }
    return process;
  }

  synchronized Optional<ProcessState> state() {
    return Optional.ofNullable(current).map(ProcessRun::state);
  }

  /// It is ready: requests may come.
  synchronized void enter() {
    if (!leaving && !ended) {
      serving = true;
      router.ifPresent(in -> in.putIn(slot.port()));
    }
  }

  /// It is not ready, or not there: requests go elsewhere.
  synchronized void leave() {
    serving = false;
    router.ifPresent(in -> in.takeOut(slot.port()));
  }

  /// Lets `keeper` start it again whenever it ends by itself, from now on.
  synchronized void keptBy(Keeper its) {
    if (!ended) {
      keeper = its;
      its.start();
    }
  }

  /// Whether its end, if it ends now, is wanted.
  synchronized boolean isLeaving() {
    return leaving || ended;
  }

  /// Ends it in order, for good: no more requests come, those under way are answered, and only then
  /// is it told to end. It is killed when it takes too long.
  void stop() throws InterruptedException {
    Optional<Keeper> its = endKeeping();
    if (its.isPresent()) {
      its.get().stop();
    }
    boolean byItself = leaveAndEnd();
    launcher.tell(new Event.Stopped(name(), byItself));
  }

  /// Ends its process in order and waits until the keeper has started another one that is ready.
  ///
  /// @throws FormationException if that takes longer than `bound`
  void restart(Duration bound) throws InterruptedException {
    synchronized (this) {
      leaving = true;
    }
    boolean byItself = leaveAndEnd();
    launcher.tell(new Event.Stopped(name(), byItself));
    Stopwatch watch = launcher.stopwatch();
    while (!isServing()) {
      if (watch.elapsed().compareTo(bound) > 0) {
        throw new FormationException(
            ExitCode.UNAVAILABLE,
            "%s is not ready %d s after its restart".formatted(name(), bound.toSeconds()));
      }
      Thread.sleep(POLL);
    }
  }

  private synchronized boolean isServing() {
    return serving;
  }

  private boolean leaveAndEnd() throws InterruptedException {
    leave();
    if (router.isPresent()) {
      router.get().drain(slot.port(), patience);
    }
    return process().child().stop(patience);
  }

  /// Ends it at once.
  void kill() {
    var _ = endKeeping();
    leave();
    process().child().kill();
  }

  private synchronized Optional<Keeper> endKeeping() {
    ended = true;
    return Optional.ofNullable(keeper);
  }
}
