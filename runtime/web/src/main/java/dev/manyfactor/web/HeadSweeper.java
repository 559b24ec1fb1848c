package dev.manyfactor.web;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.AbstractLifeCycle;

/// Closes connections whose client takes too long to send the head of a request.
///
/// The idle timeout does not see those: each byte, one a second, starts it anew. Looks at every
/// connection four times per timeout, on the scheduler's thread.
final class HeadSweeper extends AbstractLifeCycle {
  private final ServerConnector connector;
  private final InFlight inFlight;
  private final long timeoutNanos;
  private final LongSupplier nanoTime;
  private Map<EndPoint, Sight> seen = new HashMap<>();

  HeadSweeper(
      ServerConnector connector, InFlight inFlight, Duration timeout, LongSupplier nanoTime) {
    this.inFlight = inFlight;
    this.connector = connector;
    this.timeoutNanos = timeout.toNanos();
    this.nanoTime = nanoTime;
  }

  /// A connection between two messages, when it was first seen there.
  ///
  /// @param messages how many requests it has had
  /// @param bytes how many bytes
  /// @param since when, in nanoseconds
  private record Sight(long messages, long bytes, long since) {}

  @Override
  protected void doStart() {
    schedule();
  }

  private void schedule() {
    connector.getScheduler().schedule(this::run, timeoutNanos / 4, TimeUnit.NANOSECONDS);
  }

  private void run() {
    try {
      sweep();
    } finally {
      if (isRunning()) {
        schedule();
      }
    }
  }

  private void sweep() {
    long now = nanoTime.getAsLong();
    var still = new HashMap<EndPoint, Sight>();
    for (EndPoint endPoint : connector.getConnectedEndPoints()) {
      Connection connection = endPoint.getConnection();
      if (connection != null && !inFlight.contains(connection)) {
        Sight sight = sight(endPoint, connection, now);
        still.put(endPoint, sight);
        if (connection.getBytesIn() > sight.bytes() && now - sight.since() >= timeoutNanos) {
          endPoint.close();
        }
      }
    }
    seen = still;
  }

  private Sight sight(EndPoint endPoint, Connection connection, long now) {
    Sight former = seen.get(endPoint);
    long messages = connection.getMessagesIn();
    if (former != null && former.messages() == messages) {
      boolean silent = former.bytes() == connection.getBytesIn();
      return silent ? new Sight(messages, former.bytes(), now) : former;
    }
    return new Sight(messages, messages == 0 ? 0 : connection.getBytesIn(), now);
  }
}
