package dev.manyfactor.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;

/// Stands between a service and PostgreSQL, and cuts a connection while COMMIT is under way.
final class CommitCutter implements AutoCloseable {
  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final int target;
  private final AtomicReference<Cut> next = new AtomicReference<>(Cut.NEVER);

  /// When the next connection that commits is cut.
  enum Cut {
    NEVER,
    /// Before the database hears of it.
    BEFORE,
    /// When the database has done it, and before the service hears of that.
    AFTER
  }

  CommitCutter(int target) throws IOException {
    this.target = target;
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /// Cuts the next connection that commits, once.
  void cutNext(Cut cut) {
    next.set(cut);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void accept() {
    try {
      while (!server.isClosed()) {
        var pair = new Pair(server.accept(), new Socket(InetAddress.getLoopbackAddress(), target));
        Thread.ofVirtual().start(pair::ask);
        Thread.ofVirtual().start(pair::answer);
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private final class Pair {
    private final Socket service;
    private final Socket database;
    private volatile boolean isCommitted;
    private boolean isAtWork;

    private Pair(Socket service, Socket database) {
      this.service = service;
      this.database = database;
    }

    private void ask() {
      var buffer = new byte[65_536];
      try (service;
          database) {
        for (int count = read(service, buffer); count >= 0; count = read(service, buffer)) {
          switch (isCommit(buffer, count) ? next.getAndSet(Cut.NEVER) : Cut.NEVER) {
            case BEFORE -> {
              return;
            }
            case AFTER -> isCommitted = true;
            case NEVER -> {
              // goes on
            }
          }
          database.getOutputStream().write(buffer, 0, count);
        }
      } catch (IOException cut) {
        // either side is gone, and the other follows
      }
    }

    private void answer() {
      var buffer = new byte[65_536];
      try (service;
          database) {
        for (int count = read(database, buffer);
            count >= 0 && !isCommitted;
            count = read(database, buffer)) {
          service.getOutputStream().write(buffer, 0, count);
        }
      } catch (IOException cut) {
        // either side is gone, and the other follows
      }
    }

    private static int read(Socket from, byte[] buffer) throws IOException {
      return from.getInputStream().read(buffer);
    }

    /// A pool may commit on its own account too, so only that of a transaction with work counts.
    private boolean isCommit(byte[] bytes, int count) {
      String text = new String(bytes, 0, count, StandardCharsets.ISO_8859_1);
      isAtWork |= text.contains("insert into note");
      return isAtWork && text.toLowerCase(Locale.ROOT).contains("commit");
    }
  }
}
