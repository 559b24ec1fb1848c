package dev.manyfactor.faults;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/// A proxy on a port of the loopback address that passes connections on to a target, until it is
/// told to do worse.
///
/// ```java
/// try (var proxy = TcpProxy.to(database)) {
///   proxy.behave(new Behaviour.Blackhole());
///   // ... the service must answer without its database, on 127.0.0.1 and proxy.port()
///   proxy.behave(new Behaviour.Pass());
/// }
/// ```
///
/// A change of behaviour reaches the connections that are open and those to come at once. When the
/// target refuses, the client's connection is accepted and then ended, as nothing else can be said
/// by a proxy. Half-closed connections and resets are passed on as such. At most 1000 connections
/// are open at a time, beyond which new ones are reset; each takes at most 128 KiB of memory. Safe
/// on many threads.
public final class TcpProxy implements AutoCloseable {
  private static final int CONNECTIONS = 1_000;
  private static final int SETTLE_MILLIS = 100;
  private static final int CLOSE_SECONDS = 10;

  private final InetSocketAddress target;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("tcp-proxy").factory());
  private final Course course = new Course(threads);
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private final Door door;
  private boolean closed;

  private TcpProxy(InetSocketAddress target) {
    this.target = target;
    this.door = new Door(course, this::serve);
  }

  /// Opens a proxy that passes everything on.
  ///
  /// @param target need not be there yet
  /// @throws java.io.UncheckedIOException when no port is free
  public static TcpProxy to(InetSocketAddress target) {
    return new TcpProxy(target);
  }

  /// Where it listens on 127.0.0.1; the same as long as it is open, also while it refuses.
  public int port() {
    return door.port();
  }

  /// What it does from now on.
  ///
  /// When this returns, the change has reached every connection, and nothing of an earlier
  /// behaviour is written any more. The exception is a write to a peer that does not read: it is
  /// waited for 100 ms in all, and its last 8 KiB may arrive later.
  ///
  /// @throws IllegalStateException when the proxy is closed
  /// @throws java.io.UncheckedIOException when the system cannot do it, for example for want of
  ///   free descriptors
  public synchronized void behave(Behaviour next) {
    if (closed) {
      throw new IllegalStateException("the proxy on port %d is closed".formatted(port()));
    }
    course.turn(next);
    door.follow();
    open.forEach(connection -> follow(connection, next));
    settle();
  }

  private static void follow(Connection connection, Behaviour behaviour) {
    switch (behaviour) {
      case Behaviour.Refuse _ -> connection.end();
      case Behaviour.Reset _ -> connection.reset();
      case Behaviour.Pass _,
          Behaviour.Latency _,
          Behaviour.Blackhole _,
          Behaviour.HangInConnect _,
          Behaviour.CutAfter _ -> {}
    }
  }

  private void settle() {
    try {
      long patience = SETTLE_MILLIS;
      for (Connection connection : open) {
        if (!connection.settle(patience)) {
          patience = 0;
        }
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(Socket client) {
    Connection connection = new Connection(course, target, client);
    if (open.size() >= CONNECTIONS) {
      connection.reset();
      return;
    }
    open.add(connection);
    follow(connection, course.now().behaviour());
    try {
      course.launch(() -> {
        connection.run();
        open.remove(connection);
      });
    } catch (RejectedExecutionException closing) {
      connection.reset();
      open.remove(connection);
    }
  }

  /// What has gone through so far.
  public Traffic traffic() {
    return new Traffic(
        course.connections.sum(),
        open.size(),
        course.sent.sum(),
        course.passed.sum(),
        course.returned.sum());
  }

  /// Resets every connection and frees the port.
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    course.turn(new Behaviour.Reset());
    door.close();
    open.forEach(Connection::reset);
    threads.shutdown();
    try {
      boolean _ = threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException stopping) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
