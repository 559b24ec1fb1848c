package dev.manyfactor.faults;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A client's connection and the one to the target that belongs to it.
final class Connection {
  private static final int CONNECT_MILLIS = 5_000;
  private static final int GOODBYE_MILLIS = 1_000;

  private final Course course;
  private final InetSocketAddress address;
  private final Socket client;
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private final CountDownLatch clientEnded = new CountDownLatch(1);
  private final AtomicInteger directionsOpen = new AtomicInteger(2);
  private final Direction there;
  private final Direction back;
  private volatile Socket target = new Socket();

  Connection(Course course, InetSocketAddress address, Socket client) {
    this.course = course;
    this.address = address;
    this.client = client;
    this.there = new Direction(course, over, false);
    this.back = new Direction(course, over, true);
  }

  /// Serves it to its end, which is when every thread and socket of it is gone.
  void run() {
    try {
      CompletableFuture<Void> reading = course.start(this::readClient);
      CompletableFuture<Void> answering = CompletableFuture.completedFuture(null);
      if (reach()) {
        answering = course.start(() -> back.read(target));
        CompletableFuture<Void> returning = course.start(() -> finish(back.write(client)));
        finish(there.write(target));
        returning.join();
      }
      awaitGoodbye();
      close(client);
      close(target);
      reading.join();
      answering.join();
    } catch (RejectedExecutionException closing) {
      reset(); // the proxy was closed meanwhile
    }
  }

  private void readClient() {
    there.read(client);
    clientEnded.countDown();
  }

  /// Connects to the target as soon as something may pass, and says whether it is there.
  private boolean reach() {
    while (!over.isDone()) {
      Epoch epoch = course.now();
      if (epoch.holds()) {
        CompletableFuture.anyOf(epoch.over(), over).join();
      } else if (isConnected()) {
        return !over.isDone();
      } else if (!course.now().holds()) {
        end();
      }
    }
    return false;
  }

  private boolean isConnected() {
    Socket attempt = new Socket();
    target = attempt;
    try {
      attempt.setTcpNoDelay(true);
      attempt.connect(address, CONNECT_MILLIS);
      return true;
    } catch (IOException absent) {
      close(attempt);
      return false;
    }
  }

  private void finish(Direction.Outcome outcome) {
    switch (outcome) {
      case ENDED -> {
        if (directionsOpen.decrementAndGet() == 0) {
          over();
        }
      }
      case BROKEN -> reset();
      case OVER -> {}
    }
  }

  /// Resets both ends.
  void reset() {
    over();
    for (Socket socket : new Socket[] {client, target}) {
      try {
        socket.setSoLinger(true, 0);
      } catch (IOException gone) {
        // closed already, which is all that can be done
      }
      close(socket);
    }
  }

  /// Tells both ends in order that nothing more comes.
  void end() {
    over();
    for (Socket socket : new Socket[] {client, target}) {
      try {
        socket.shutdownOutput();
      } catch (IOException gone) {
        // closed or never connected
      }
    }
  }

  private void over() {
    over.complete(null);
    there.wake();
    back.wake();
  }

  /// Waits until the client has seen the end and gone, or a second has passed: a socket that is
  /// closed while something unread is in it resets.
  private void awaitGoodbye() {
    try {
      boolean _ = clientEnded.await(GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException gone) {
      // nothing is left to be closed
    }
  }

  /// Waits until nothing of an earlier epoch will be written any more.
  ///
  /// @param patience in milliseconds, for each direction
  /// @return whether it is so
  boolean settle(long patience) throws InterruptedException {
    boolean settled = there.settle(patience);
    return back.settle(settled ? patience : 0) && settled;
  }
}
