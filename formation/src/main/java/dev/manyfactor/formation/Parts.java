package dev.manyfactor.formation;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/// What a formation has started so far, to be ended in the opposite order. Safe on many threads.
final class Parts {
  private final Deque<Part> started = new ConcurrentLinkedDeque<>();

  /// Something that can be ended.
  interface Part {
    /// Ends it in order, within a bound.
    void stop() throws InterruptedException;

    /// Ends it at once.
    void kill();
  }

  void add(Part part) {
    started.addFirst(part);
  }

  /// Ends everything, the last first; what goes wrong with one part does not keep the others.
  void stop() {
    for (Part part = started.peekFirst(); part != null; part = started.peekFirst()) {
      try {
        part.stop();
      } catch (InterruptedException | RuntimeException broken) {
        part.kill();
      }
      started.remove(part); // only now, so that kill() reaches also what is just stopping
    }
  }

  boolean isEmpty() {
    return started.isEmpty();
  }

  void kill() {
    started.forEach(Part::kill);
  }
}
