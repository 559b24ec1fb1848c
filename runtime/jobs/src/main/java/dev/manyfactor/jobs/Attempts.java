package dev.manyfactor.jobs;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The jobs that are being run in this worker. Safe on many threads.
final class Attempts implements AutoCloseable {
  private final Set<Attempt> running = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("jobs-deadlines").factory());

  Attempts() {
    timer.setRemoveOnCancelPolicy(true);
  }

  /// An attempt on the current thread, interrupted when its policy's deadline has passed.
  Attempt begin(Declared<?> kind, JobId job) {
    var attempt = new Attempt(this, kind, job);
    running.add(attempt);
    return attempt;
  }

  /// Does this later, unless it is cancelled.
  Future<?> after(Duration delay, Runnable action) {
    return timer.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  void ended(Attempt attempt) {
    running.remove(attempt);
  }

  int running(String kind) {
    return (int) running.stream().filter(attempt -> attempt.kind().kind().equals(kind)).count();
  }

  boolean none() {
    return running.isEmpty();
  }

  boolean anyLeased() {
    return running.stream().anyMatch(attempt -> attempt.kind().leased());
  }

  void interruptAll(Interruption why) {
    running.forEach(attempt -> attempt.interrupt(why));
  }

  void interruptCancelled(Set<JobId> cancelled) {
    if (!cancelled.isEmpty()) {
      running.stream()
          .filter(attempt -> cancelled.contains(attempt.job()))
          .forEach(attempt -> attempt.interrupt(Interruption.CANCEL));
    }
  }

  void interruptLeased(Interruption why) {
    running.stream()
        .filter(attempt -> attempt.kind().leased())
        .forEach(attempt -> attempt.interrupt(why));
  }

  /// Attempts that are left behind are not interrupted any more.
  @Override
  public void close() {
    timer.shutdownNow();
  }
}
