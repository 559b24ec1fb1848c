package dev.manyfactor.faults;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/// One way through a connection: a thread that reads, a queue of a few pieces, a thread that writes
/// what the present behaviour lets through.
final class Direction {
  private static final int PIECE = 8 * 1024;
  private static final int PIECES = 8;

  private final Course course;
  private final CompletableFuture<Void> over;
  private final boolean returns;
  private final BlockingQueue<Piece> pieces = new ArrayBlockingQueue<>(PIECES);
  private final ReentrantLock writing = new ReentrantLock();
  private Epoch counted;
  private long passed;

  /// @param over done when the connection is over
  /// @param returns whether it leads back to the client
  Direction(Course course, CompletableFuture<Void> over, boolean returns) {
    this.course = course;
    this.over = over;
    this.returns = returns;
    this.counted = course.now();
  }

  /// What was read, and when it may leave.
  private record Piece(Kind kind, ByteBuffer bytes, CompletableFuture<Void> due) {
    enum Kind {
      BYTES,
      END,
      BROKEN
    }
  }

  /// How the way ended.
  enum Outcome {
    /// The source has ended, and the sink was told.
    ENDED,
    /// One of the two was reset or closed, or the behaviour says so.
    BROKEN,
    /// The connection is over.
    OVER
  }

  /// Reads until the source ends; what comes after the connection is over is dropped.
  void read(Socket source) {
    byte[] buffer = new byte[PIECE];
    try (InputStream in = source.getInputStream()) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        if (!returns) {
          course.sent.add(count);
        }
        queue(Piece.Kind.BYTES, Arrays.copyOf(buffer, count));
      }
      queue(Piece.Kind.END, new byte[0]);
      over.join();
    } catch (IOException broken) {
      queue(Piece.Kind.BROKEN, new byte[0]);
    }
  }

  private void queue(Piece.Kind kind, byte[] bytes) {
    try {
      if (!over.isDone()) {
        pieces.put(new Piece(kind, ByteBuffer.wrap(bytes), due()));
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private CompletableFuture<Void> due() {
    CompletableFuture<Void> due = new CompletableFuture<>();
    if (returns && course.now().behaviour() instanceof Behaviour.Latency latency) {
      return due.completeOnTimeout(null, latency.delay().toNanos(), TimeUnit.NANOSECONDS);
    }
    due.complete(null);
    return due;
  }

  /// Writes what was read, when it may, until there is no more.
  Outcome write(Socket sink) {
    try {
      while (true) {
        Piece piece = pieces.take();
        while (!over.isDone() && !pass(piece, sink)) {
          awaitChange(piece);
        }
        if (over.isDone()) {
          return Outcome.OVER;
        }
        if (piece.kind() != Piece.Kind.BYTES) {
          return piece.kind() == Piece.Kind.END ? Outcome.ENDED : Outcome.BROKEN;
        }
        if (isCut()) {
          return Outcome.BROKEN;
        }
      }
    } catch (IOException broken) {
      return Outcome.BROKEN;
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      return Outcome.OVER;
    }
  }

  /// Writes a piece if the present behaviour lets it through, and says whether it did.
  private boolean pass(Piece piece, Socket sink) throws IOException {
    writing.lock();
    try {
      Epoch epoch = course.now();
      if (!isFree(piece, epoch)) {
        return false;
      }
      if (piece.kind() == Piece.Kind.END) {
        sink.shutdownOutput();
      } else {
        int count = allowed(piece.bytes().remaining(), epoch);
        counter().add(count); // before somebody can have seen them
        passed += count;
        sink.getOutputStream().write(piece.bytes().array(), 0, count);
      }
      return true;
    } finally {
      writing.unlock();
    }
  }

  private static boolean isFree(Piece piece, Epoch epoch) {
    boolean waits = epoch.behaviour() instanceof Behaviour.Latency;
    return !epoch.holds() && (!waits || piece.due().isDone());
  }

  private void awaitChange(Piece piece) {
    Epoch epoch = course.now();
    (epoch.holds()
            ? CompletableFuture.anyOf(epoch.over(), over)
            : CompletableFuture.anyOf(epoch.over(), over, piece.due()))
        .join();
  }

  private LongAdder counter() {
    return returns ? course.returned : course.passed;
  }

  private int allowed(int length, Epoch epoch) {
    if (!counted.equals(epoch)) {
      counted = epoch;
      passed = 0;
    }
    return returns && epoch.behaviour() instanceof Behaviour.CutAfter cut
        ? (int) Math.min(length, cut.bytes() - passed)
        : length;
  }

  private boolean isCut() {
    return returns
        && counted.behaviour() instanceof Behaviour.CutAfter cut
        && passed >= cut.bytes();
  }

  /// Waits until what is being written under an earlier epoch is written.
  ///
  /// @param patience in milliseconds
  /// @return whether nothing of an earlier epoch will be written any more
  boolean settle(long patience) throws InterruptedException {
    if (!writing.tryLock(patience, TimeUnit.MILLISECONDS)) {
      return false;
    }
    writing.unlock();
    return true;
  }

  /// Wakes whoever waits for the queue, once the connection is over.
  void wake() {
    pieces.clear();
    pieces.offer(new Piece(Piece.Kind.END, ByteBuffer.allocate(0), over));
  }
}
