package dev.manyfactor.benchmarks.drain;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// What became of the requests of one caller. Safe on many threads.
final class Tally {
  private static final int TOLD = 20;

  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger heldBack = new AtomicInteger();
  private final AtomicInteger slow = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger overloaded = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final List<String> failures = new CopyOnWriteArrayList<>();

  /// All of it at one moment.
  ///
  /// @param slow requests whose last byte came two seconds after the first
  /// @param heldBack requests that were not sent, since too many were outstanding
  /// @param overloaded answers of a machine that was too slow
  /// @param closed answers that closed their connection
  /// @param refused connections that another address got instead
  record Counts(
      String caller,
      int sent,
      int heldBack,
      int slow,
      int answered,
      int overloaded,
      int failed,
      int closed,
      int refused,
      List<String> failures) {}

  void sent(boolean isSlow) {
    sent.incrementAndGet();
    if (isSlow) {
      slow.incrementAndGet();
    }
  }

  void answered(boolean closes) {
    answered.incrementAndGet();
    if (closes) {
      closed.incrementAndGet();
    }
  }

  void overloaded() {
    overloaded.incrementAndGet();
  }

  void heldBack() {
    heldBack.incrementAndGet();
  }

  void refused() {
    refused.incrementAndGet();
  }

  void failed(String why) {
    if (failed.incrementAndGet() <= TOLD) {
      failures.add(why);
    }
  }

  Counts counts(String caller) {
    return new Counts(
        caller,
        sent.get(),
        heldBack.get(),
        slow.get(),
        answered.get(),
        overloaded.get(),
        failed.get(),
        closed.get(),
        refused.get(),
        List.copyOf(failures));
  }
}
