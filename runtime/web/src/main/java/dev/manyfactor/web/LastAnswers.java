package dev.manyfactor.web;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;

/// Waits, once the port is closed, until everyone who was let in is answered.
///
/// A connection that has sent nothing since the drain began is closed once nothing else is under
/// way; one that is new is given a moment to ask. Since HTTP/1 has no way to say that a connection
/// is about to be closed but in an answer, a request that a client sends on a kept connection in
/// the very microseconds in which it is closed is lost; nothing that has arrived is.
final class LastAnswers {
  private static final Duration MOMENT = Duration.ofSeconds(1);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

  private final Gate gate;
  private final InFlight inFlight;
  private final LongSupplier nanoTime;
  private final Map<Connection, Long> kept = new HashMap<>();

  /// Remembers what each connection has sent so far.
  LastAnswers(Gate gate, InFlight inFlight, LongSupplier nanoTime) {
    this.gate = gate;
    this.inFlight = inFlight;
    this.nanoTime = nanoTime;
    for (EndPoint endPoint : gate.getConnectedEndPoints()) {
      Connection connection = endPoint.getConnection();
      if (connection != null && connection.getMessagesIn() > 0) {
        kept.put(connection, connection.getBytesIn());
      }
    }
  }

  /// Returns when there is nobody left, or after `grace`.
  void await(Duration grace) throws InterruptedException {
    long start = nanoTime.getAsLong();
    while (!isOver(nanoTime.getAsLong() - start)) {
      long left = grace.toNanos() - (nanoTime.getAsLong() - start);
      if (left <= 0 || !inFlight.awaitNone(Duration.ofNanos(left))) {
        return;
      }
      Thread.sleep(BETWEEN_LOOKS);
    }
  }

  private boolean isOver(long waited) {
    if (!inFlight.isEmpty()) {
      return false;
    }
    boolean isLate = waited >= MOMENT.toNanos();
    boolean allClosed = isLate || !gate.hasNewcomers();
    for (EndPoint endPoint : gate.getConnectedEndPoints()) {
      if (hasNothingToSay(endPoint, isLate)) {
        endPoint.close();
      } else {
        allClosed = false;
      }
    }
    return allClosed;
  }

  /// Whether nothing has come that is still to be answered, or is likely to come.
  private boolean hasNothingToSay(EndPoint endPoint, boolean isLate) {
    Connection connection = endPoint.getConnection();
    if (connection == null || inFlight.contains(connection) || hasUnread(endPoint)) {
      return false;
    }
    Long known = kept.get(connection);
    if (endPoint.isOutputShutdown()) {
      return isLate; // it has had its last answer, and closes by itself if it is quick
    }
    long before = known == null ? 0 : known;
    return connection.getBytesIn() == before && (known != null || isLate);
  }

  private static boolean hasUnread(EndPoint endPoint) {
    try {
      return endPoint.getTransport() instanceof SocketChannel channel
          && channel.socket().getInputStream().available() > 0;
    } catch (IOException closed) {
      return false;
    }
  }
}
