package dev.manyfactor.web;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Connection;

/// The connections on which a request has arrived whose response has not been sent completely; in
/// HTTP/1 there is one such request per connection. Safe on many threads.
final class InFlight {
  private final Consumer<Connection> asked;
  private final Set<Connection> busy = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private volatile boolean awaited;

  /// @param asked is told of each connection on which a request has arrived
  InFlight(Consumer<Connection> asked) {
    this.asked = asked;
  }

  void begin(Connection connection) {
    busy.add(connection);
    asked.accept(connection);
  }

  void end(Connection connection) {
    busy.remove(connection);
    if (awaited && busy.isEmpty()) {
      lock.lock();
      try {
        idle.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  boolean isEmpty() {
    return busy.isEmpty();
  }

  boolean contains(Connection connection) {
    return busy.contains(connection);
  }

  /// Waits until there are none, at most for `patience`.
  ///
  /// @return whether there were none at the end
  boolean awaitNone(Duration patience) throws InterruptedException {
    awaited = true;
    long left = patience.toNanos();
    lock.lock();
    try {
      while (!busy.isEmpty() && left > 0) {
        left = idle.awaitNanos(left);
      }
      return busy.isEmpty();
    } finally {
      lock.unlock();
    }
  }
}
