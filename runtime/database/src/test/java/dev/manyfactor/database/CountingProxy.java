package dev.manyfactor.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// Stands between a client and PostgreSQL, and counts how often the client had to wait for an
/// answer: every time it sends something after it has received something.
public final class CountingProxy implements AutoCloseable {
  private final ServerSocket server;
  private final int target;
  private final AtomicInteger roundTrips = new AtomicInteger();
  private final List<Socket> sockets = new ArrayList<>();
  private final AtomicReference<String> fatal = new AtomicReference<>("");
  private final AtomicReference<String> hanging = new AtomicReference<>("");
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean answered = true;

  /// A proxy before a port of this machine.
  public CountingProxy(int target) throws IOException {
    this.target = target;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /// The port that a client connects to.
  public int port() {
    return server.getLocalPort();
  }

  /// The round trips since the last call.
  public int take() {
    return roundTrips.getAndSet(0);
  }

  /// Cuts the one connection on which this is asked next, before the database hears of it.
  public void cutAt(String statement) {
    fatal.set(statement);
  }

  /// Lets the one connection hang on which this is asked next, as if the database had stopped.
  public void hangAt(String statement) {
    hanging.set(statement);
  }

  /// Whether that has happened, or was never asked for.
  public boolean hasCut() {
    return fatal.get().isEmpty();
  }

  /// Cuts every connection.
  public synchronized void cut() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    sockets.clear();
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    server.close();
    cut();
  }

  private void accept() {
    try {
      while (!server.isClosed()) {
        Socket client = server.accept();
        var database = new Socket(InetAddress.getLoopbackAddress(), target);
        remember(client, database);
        Thread.ofVirtual().start(() -> copy(client, database, true));
        Thread.ofVirtual().start(() -> copy(database, client, false));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private synchronized void remember(Socket client, Socket database) {
    sockets.add(client);
    sockets.add(database);
  }

  private void copy(Socket from, Socket to, boolean asking) {
    var buffer = new byte[65_536];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        if (asking && answered) {
          roundTrips.incrementAndGet();
        }
        answered = !asking;
        String bytes = new String(buffer, 0, count, StandardCharsets.ISO_8859_1);
        if (asking && isNext(fatal, bytes)) {
          return;
        }
        if (asking && isNext(hanging, bytes)) {
          closed.await();
        }
        out.write(buffer, 0, count);
      }
    } catch (IOException cut) {
      // either side is gone, and the other follows
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isNext(AtomicReference<String> awaited, String asked) {
    String text = awaited.get();
    return !text.isEmpty() && asked.contains(text) && awaited.compareAndSet(text, "");
  }
}
