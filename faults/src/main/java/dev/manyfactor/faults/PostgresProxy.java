package dev.manyfactor.faults;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A proxy in front of PostgreSQL that understands what goes through it: it counts the messages of
/// clients and does something at one of them.
///
/// ```java
/// try (var proxy = PostgresProxy.to(database)) {
///   Strike lost = new Strike(
///       message -> message.label().equals("EXECUTE commit"), Moment.ANSWER_HELD, Deed.cut());
///   Watch watch = proxy.watch(_ -> true, lost);
///   // ... the client does not learn of its commit, which the server has carried out
/// }
/// ```
///
/// It listens on a port of the loopback address and speaks protocol 3. It refuses TLS and GSSAPI,
/// as a server without them does, so a client that insists on them finds none. Everything it is not
/// told to do something about is passed on unchanged, including requests to cancel; when there is a
/// strike, the server may be asked to flush sooner than its client asks. At most 1000 sessions are
/// open at a time, beyond which new ones are reset; each takes at most 64 KiB of memory, the texts
/// of its prepared statements, and 1 MiB of an answer that is held. Safe on many threads.
public final class PostgresProxy implements AutoCloseable {
  private static final int SESSIONS = 1_000;
  private static final int CONNECT_MILLIS = 5_000;
  private static final int GREETING_MILLIS = 60_000; // as long as the server itself waits
  private static final int GOODBYE_SECONDS = 1;
  private static final int CLOSE_SECONDS = 10;

  private final InetSocketAddress target;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("postgres-proxy").factory());
  private final AtomicLong sessions = new AtomicLong();
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
  private final Set<PostgresPipe> pipes = ConcurrentHashMap.newKeySet();
  private final Door door;
  private volatile @Nullable Watch watch;

  private PostgresProxy(InetSocketAddress target) {
    this.target = target;
    this.door = new Door(new Course(threads), this::serve);
  }

  /// Opens a proxy that passes everything on.
  ///
  /// @param target need not be there yet; as long as it is not, sessions end at once
  /// @throws java.io.UncheckedIOException when no port is free
  public static PostgresProxy to(InetSocketAddress target) {
    return new PostgresProxy(target);
  }

  /// Where it listens on 127.0.0.1; the same as long as it is open.
  public int port() {
    return door.port();
  }

  /// How many sessions have begun so far; a session that begins later has a higher number.
  public long sessions() {
    return sessions.get();
  }

  /// The sessions that are open.
  public List<PostgresSession> open() {
    return pipes.stream().map(PostgresPipe::session).toList();
  }

  /// Counts messages from now on, instead of what was counted before.
  ///
  /// @param counts which ones; it must not block
  public Watch watch(Predicate<PostgresMessage> counts) {
    return begin(new Watch(counts, Optional.empty()));
  }

  /// Counts messages from now on and does something at one of them, instead of what was counted
  /// before. A deed that has begun is ended all the same.
  ///
  /// @param counts which ones; it must not block
  public Watch watch(Predicate<PostgresMessage> counts, Strike strike) {
    return begin(new Watch(counts, Optional.of(strike)));
  }

  private synchronized Watch begin(Watch next) {
    Watch before = watch;
    if (before != null) {
      before.end();
    }
    watch = next;
    return next;
  }

  /// Resets both ends of every open session that fits.
  public void cut(Predicate<PostgresSession> which) {
    pipes.stream().filter(pipe -> which.test(pipe.session())).forEach(PostgresPipe::cut);
  }

  private Optional<Watch.Struck> count(PostgresMessage message) {
    Watch present = watch;
    return present == null ? Optional.empty() : present.take(message);
  }

  private void serve(Socket client) {
    if (clients.size() >= SESSIONS) {
      Ends.reset(client);
      return;
    }
    clients.add(client);
    try {
      threads.execute(() -> {
        try (client) {
          greet(client);
        } catch (IOException gone) {
          Ends.reset(client);
        } finally {
          clients.remove(client);
        }
      });
    } catch (RejectedExecutionException closing) {
      Ends.reset(client);
      clients.remove(client);
    }
  }

  private void greet(Socket client) throws IOException {
    client.setSoTimeout(GREETING_MILLIS);
    DataInputStream in = Ends.input(client);
    PostgresGreeting greeting = PostgresGreeting.read(in, client);
    client.setSoTimeout(0);
    try (Socket server = new Socket()) {
      server.setTcpNoDelay(true);
      server.connect(target, CONNECT_MILLIS);
      switch (greeting) {
        case PostgresGreeting.Cancellation(Frame request) -> {
          request.write(in, server.getOutputStream());
          int _ = server.getInputStream().read(); // the server has dealt with it when it closes
        }
        case PostgresGreeting.Session(Frame startup, String application) -> {
          var session = new PostgresSession(sessions.incrementAndGet(), application, 0);
          var pipe = new PostgresPipe(session, new Ends(client, server), in, this::count);
          run(pipe, startup);
        }
      }
    }
  }

  private void run(PostgresPipe pipe, Frame startup) {
    pipes.add(pipe);
    try {
      CompletableFuture<Void> forth =
          CompletableFuture.runAsync(() -> pipe.forth(startup), threads);
      pipe.back();
      // a socket that is closed while something unread is in it resets, and loses the last words
      forth.completeOnTimeout(null, GOODBYE_SECONDS, TimeUnit.SECONDS).join();
    } catch (RejectedExecutionException closing) {
      pipe.cut();
    } finally {
      pipes.remove(pipe);
    }
  }

  /// Resets every session and frees the port.
  @Override
  public void close() {
    begin(new Watch(_ -> false, Optional.empty()));
    door.close();
    clients.forEach(Ends::reset);
    pipes.forEach(PostgresPipe::cut);
    threads.shutdownNow();
    try {
      boolean _ = threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
