package dev.manyfactor.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The port of a proxy: open, hanging in connect, or closed but reserved.
///
/// The reservation is a socket that is bound and never connected: a port with one is given to
/// nobody who asks for any port, and who connects to it is refused. Not safe on many threads, apart
/// from the thread that accepts.
final class Door implements AutoCloseable {
  private static final int BACKLOG = 128;
  private static final int NOTICE_SECONDS = 5;
  private static final Duration AFTER_FAILURE = Duration.ofMillis(20);

  private final Course course;
  private final Consumer<Socket> guest;
  private final Socket reservation = new Socket();
  private final Crowd crowd;
  private @Nullable ServerSocket listener;
  private CompletableFuture<Void> accepting = CompletableFuture.completedFuture(null);

  /// @param guest takes every connection of a client; must not block
  Door(Course course, Consumer<Socket> guest) {
    this.course = course;
    this.guest = guest;
    try {
      reservation.setReuseAddress(true);
      reservation.bind(new InetSocketAddress(loopback(), 0));
    } catch (IOException failure) {
      throw new UncheckedIOException("a proxy finds no free port on 127.0.0.1", failure);
    }
    this.crowd = new Crowd(course, port());
    open();
  }

  int port() {
    return reservation.getLocalPort();
  }

  /// Follows the present epoch.
  void follow() {
    switch (course.now().behaviour()) {
      case Behaviour.Refuse _ -> shut();
      case Behaviour.HangInConnect _ -> {
        open();
        crowd.fill();
      }
      case Behaviour.Pass _,
          Behaviour.Latency _,
          Behaviour.Blackhole _,
          Behaviour.Reset _,
          Behaviour.CutAfter _ -> {
        open();
        crowd.awaitTaken();
      }
    }
  }

  private void open() {
    if (listener != null) {
      return;
    }
    try {
      ServerSocket opened = new ServerSocket();
      opened.setReuseAddress(true);
      opened.bind(new InetSocketAddress(loopback(), port()), BACKLOG);
      listener = opened;
      accepting = course.start(() -> accept(opened));
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "a proxy cannot listen on its port %d of 127.0.0.1".formatted(port()), failure);
    }
  }

  private void shut() {
    ServerSocket open = listener;
    listener = null;
    try {
      if (open != null) {
        open.close();
        awaitAccepted();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("port %d cannot be closed".formatted(port()), failure);
    } finally {
      crowd.leave();
    }
  }

  /// A socket stays open until the thread that waits at it has noticed.
  private void awaitAccepted() {
    accepting.copy().completeOnTimeout(null, NOTICE_SECONDS, TimeUnit.SECONDS).join();
  }

  private void accept(ServerSocket open) {
    while (!open.isClosed()) {
      awaitTaking();
      try {
        Socket client = open.accept();
        if (!crowd.recognises(client)) {
          client.setTcpNoDelay(true);
          guest.accept(client);
        }
      } catch (IOException failure) {
        if (!open.isClosed()) {
          LockSupport.parkNanos(AFTER_FAILURE.toNanos()); // for example, no descriptor is free
        }
      }
    }
  }

  /// While connections are to hang, none is taken.
  private void awaitTaking() {
    for (Epoch epoch = course.now(); epoch.hangs(); epoch = course.now()) {
      epoch.over().join();
    }
  }

  static InetAddress loopback() throws IOException {
    return InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
  }

  @Override
  public void close() {
    shut();
    try {
      reservation.close();
    } catch (IOException failure) {
      throw new UncheckedIOException("port %d cannot be freed".formatted(port()), failure);
    }
  }
}
