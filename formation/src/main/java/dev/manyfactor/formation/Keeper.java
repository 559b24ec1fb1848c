package dev.manyfactor.formation;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// Starts an instance again whenever it ends, and gives up when that helps nothing.
///
/// Works in a thread of its own. While a router stands in front of the instance it also asks it
/// once a second whether it is still ready.
final class Keeper {
  private static final Duration PROBE = Duration.ofSeconds(1);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration END = Duration.ofSeconds(10);
  private static final int MISSES = 3; // one alone may be a pause of the machine

  private final Instance instance;
  private final ServiceLauncher launcher;
  private final FormationSettings.Patience patience;
  private final Watch watch;
  private final Thread thread;
  private Optional<Stopwatch> ready;
  private int attempt;

  /// Prepares it for an instance that has just become ready.
  Keeper(
      Instance instance,
      ServiceLauncher launcher,
      FormationSettings.Patience patience,
      Watch watch) {
    this.instance = instance;
    this.launcher = launcher;
    this.patience = patience;
    this.watch = watch;
    this.ready = Optional.of(launcher.stopwatch());
    this.thread = Thread.ofVirtual().name("mf-keeper-" + instance.name()).unstarted(this::keep);
  }

  /// Who is told, and what spreads the restarts.
  ///
  /// @param changed runs when the instance has another process
  /// @param failed gets why the formation cannot go on
  record Watch(Runnable changed, Consumer<FormationException> failed, RandomGenerator random) {}

  void start() {
    thread.start();
  }

  /// Ends the keeping; the instance stays as it is.
  void stop() throws InterruptedException {
    thread.interrupt();
    var _ = thread.join(END);
  }

  private void keep() {
    try {
      while (true) {
        int code = awaitEnd();
        if (!instance.isLeaving()) {
          pause(code);
        }
        startAgain();
      }
    } catch (InterruptedException stopping) {
      // whoever stops this ends the instance
    } catch (FormationException failure) {
      watch.failed().accept(failure);
    } catch (RuntimeException broken) {
      watch.failed().accept(unkept(broken));
    }
  }

  /// Waits for the end of the process, and keeps the router informed meanwhile.
  private int awaitEnd() throws InterruptedException {
    ProcessRun process = instance.process();
    int misses = 0;
    while (!process.child().endsWithin(PROBE)) {
      if (instance.isRouted()) {
        misses = misses(process, misses);
      }
    }
    instance.leave();
    process.child().kill(); // what it has started would hold its port
    return process.child().await();
  }

  /// How often in a row the process has not been ready, with this time.
  private int misses(ProcessRun process, int before) throws InterruptedException {
    Optional<String> reason = process.whyNotReady();
    if (reason.isPresent() && before + 1 == MISSES) {
      instance.leave();
      launcher.tell(new Event.BecameUnready(instance.name(), reason.get()));
    } else if (reason.isEmpty() && before >= MISSES) {
      instance.enter();
      launcher.tell(new Event.ReadyAgain(instance.name()));
    }
    return reason.isPresent() ? before + 1 : 0;
  }

  /// Waits before the next restart, or gives up.
  private void pause(int code) throws InterruptedException {
    Restarts restarts = patience.restarts();
    if (ready.filter(since -> since.elapsed().compareTo(restarts.settled()) >= 0).isPresent()) {
      attempt = 0;
    }
    attempt++;
    if (!restarts.allow(attempt, code)) {
      throw givenUp(code);
    }
    Duration wait = restarts.before(attempt, watch.random());
    launcher.tell(new Event.Ended(instance.name(), code, wait, attempt));
    Thread.sleep(wait);
  }

  /// Starts the process and waits until it is ready, or has ended before.
  private void startAgain() throws InterruptedException {
    Stopwatch since = launcher.stopwatch();
    ready = Optional.empty();
    ProcessRun process = instance.start();
    watch.changed().run();
    Optional<String> reason = process.whyNotReady();
    while (reason.isPresent() && !process.child().endsWithin(POLL)) {
      if (since.elapsed().compareTo(patience.ready()) > 0) {
        launcher.tell(new Event.Awaiting(instance.name(), since.elapsed(), reason.get()));
        var _ = process.child().stop(patience.stop());
      }
      reason = process.whyNotReady();
    }
    if (process.child().isAlive()) {
      instance.enter();
      launcher.tell(new Event.BecameReady(instance.name(), since.elapsed()));
      ready = Optional.of(launcher.stopwatch());
    }
  }

  private FormationException givenUp(int code) {
    LastLines last = instance.process().last();
    return new FormationException(
        ServiceRun.passedOn(code),
        "%s ended with exit code %d after %s in a row, none of which lasted %d s; the formation stops; %s"
            .formatted(
                instance.name(),
                code,
                restarts(),
                patience.restarts().settled().toSeconds(),
                last.place()),
        last.lines());
  }

  private FormationException unkept(RuntimeException broken) {
    FormationException failure =
        new FormationException(
            ExitCode.INTERNAL,
            "%s can no longer be watched; please report this: %s"
                .formatted(instance.name(), broken));
    failure.initCause(broken);
    return failure;
  }

  private String restarts() {
    int done = attempt - 1;
    return done == 1 ? "1 restart" : done + " restarts";
  }
}
