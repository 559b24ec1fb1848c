package dev.manyfactor.benchmarks.drain;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/// A client that keeps its connections, and lets one go when an answer says `Connection: close` or
/// when it was not used for a second.
///
/// It has one address or several, asks each in turn, and leaves out those that are not ready. A
/// connection that is refused has carried nothing, so the next address gets the request; nothing
/// else is tried twice. Safe on many threads.
final class Caller {
  private static final Duration KEPT = Duration.ofSeconds(1);

  private final String name;
  private final LongSupplier nanos;
  private final Map<Integer, Deque<Connection>> kept = new ConcurrentHashMap<>();
  private final AtomicInteger turn = new AtomicInteger();
  private final Tally tally = new Tally();
  private volatile List<Integer> ready = List.of();

  Caller(String name, LongSupplier nanos) {
    this.name = name;
    this.nanos = nanos;
  }

  String name() {
    return name;
  }

  Tally tally() {
    return tally;
  }

  /// From now on asks at these ports.
  void use(List<Integer> ports) {
    ready = List.copyOf(ports);
  }

  /// Sends one request, and counts what became of it.
  void send(Request request) {
    tally.sent(!request.pause().isZero());
    try {
      Reply reply = ask(request);
      if (reply.status() == request.expected()) {
        tally.answered(reply.closes());
      } else if (reply.isOverload()) {
        tally.overloaded();
      } else {
        tally.failed(reply.status() + " " + reply.body());
      }
    } catch (IOException | RuntimeException broken) {
      tally.failed(broken.toString());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      tally.failed("interrupted");
    }
  }

  private Reply ask(Request request) throws IOException, InterruptedException {
    List<Integer> ports = ready;
    int first = turn.getAndIncrement();
    for (int tries = 0; tries < ports.size(); tries++) {
      int port = ports.get(Math.floorMod(first + tries, ports.size()));
      try {
        return ask(request, port);
      } catch (ConnectException nobody) {
        tally.refused();
      }
    }
    throw new IOException("no address took the connection: " + ports);
  }

  private Reply ask(Request request, int port) throws IOException, InterruptedException {
    Deque<Connection> idle = kept.computeIfAbsent(port, _ -> new ConcurrentLinkedDeque<>());
    Connection connection = takeOrOpen(idle, port);
    boolean keep = false;
    try {
      Reply reply = connection.ask(request.bytes(), request.pause(), nanos.getAsLong());
      keep = !reply.closes();
      return reply;
    } finally {
      if (keep) {
        idle.addFirst(connection);
      } else {
        connection.close();
      }
    }
  }

  private Connection takeOrOpen(Deque<Connection> idle, int port) throws IOException {
    for (Connection next = idle.pollFirst(); next != null; next = idle.pollFirst()) {
      if (next.idle(nanos.getAsLong()).compareTo(KEPT) < 0) {
        return next;
      }
      next.close();
    }
    return new Connection(port);
  }
}
