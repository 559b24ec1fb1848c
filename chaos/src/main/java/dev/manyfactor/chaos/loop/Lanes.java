package dev.manyfactor.chaos.loop;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Both lanes of a plan at work, each on a thread of its own. Safe on many threads.
final class Lanes {
  private static final Duration REPAIR = Duration.ofMinutes(1);

  private final Breaker breaker;
  private final List<Thread> threads;
  private final Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();

  private Lanes(Breaker breaker, Plan plan) {
    this.breaker = breaker;
    this.threads =
        List.of(
            Thread.ofVirtual().unstarted(() -> breakThings(plan.processes())),
            Thread.ofVirtual().unstarted(() -> breakThings(plan.surroundings())));
  }

  static Lanes start(Breaker breaker, Plan plan) {
    Lanes lanes = new Lanes(breaker, plan);
    lanes.threads.forEach(Thread::start);
    return lanes;
  }

  private void breakThings(List<Fault> faults) {
    try {
      for (Fault fault : faults) {
        Thread.sleep(fault.pause());
        breaker.strike(fault);
      }
    } catch (InterruptedException over) {
      // the time is over
    } catch (RuntimeException failure) {
      failures.add(failure);
    }
  }

  /// Whether neither of them has failed.
  boolean areWell() {
    return failures.isEmpty();
  }

  /// No more faults; what is broken is repaired when this returns.
  ///
  /// @throws RuntimeException that with which a lane has failed
  void end() throws InterruptedException {
    for (Thread thread : threads) {
      thread.interrupt();
      if (!thread.join(REPAIR)) {
        throw new IllegalStateException("a fault was not repaired within " + REPAIR);
      }
    }
    RuntimeException failure = failures.peek();
    if (failure != null) {
      throw failure;
    }
  }
}
