package dev.manyfactor.telemetry;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// Hands lines to one thread that writes many of them at once.
///
/// A caller copies its line into a buffer and goes on; the writing thread takes the whole buffer
/// when it is full enough, when a line is urgent, or after 50 ms. A caller never waits for the
/// operating system, unless the writer is prompt: then it waits until its line is out, as at the
/// start and the end of a process, where a line must not be lost.
///
/// At most 1 MiB waits. When that is full because nobody reads the output, one caller waits a
/// second for room; after that lines are dropped, and counted, until the output moves again. Safe
/// on many threads.
final class LineWriter {
  private static final int CAPACITY = 1 << 20;
  private static final int FULL_ENOUGH = 1 << 15;
  private static final long GATHERING = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);

  /// What the lines are written to; it may block.
  interface Sink {
    /// Writes the first `length` bytes, which are whole lines.
    void write(byte[] lines, int length);
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition progress = lock.newCondition();
  private volatile Sink sink;
  private byte[] filling = new byte[2 * FULL_ENOUGH];
  private int filled;
  private byte[] spare = new byte[2 * FULL_ENOUGH];
  private long accepted;
  private long written;
  private long dropped;
  private boolean running;
  private boolean hurried;
  private boolean prompt = true;
  private boolean stuck;

  LineWriter(Sink sink) {
    this.sink = sink;
  }

  /// Takes the first `length` bytes of `line`, which end with a line feed.
  ///
  /// @param urgent whether it should be written without waiting for others
  /// @return whether it was taken, not dropped
  boolean write(byte[] line, int length, boolean urgent) {
    lock.lock();
    try {
      start();
      if (!makeRoom(length)) {
        dropped++;
        return false;
      }
      boolean first = filled == 0;
      System.arraycopy(line, 0, filling, filled, length);
      filled += length;
      accepted += length;
      hurried |= urgent || prompt || filled >= FULL_ENOUGH;
      if (first || hurried) {
        work.signal();
      }
      if (prompt) {
        awaitWritten();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// From now on every caller waits until its line is out, or, again, none does.
  void setPrompt(boolean wanted) {
    lock.lock();
    try {
      prompt = wanted;
    } finally {
      lock.unlock();
    }
    flush();
  }

  /// Waits until every line taken so far is out, at most a second.
  void flush() {
    lock.lock();
    try {
      if (running) {
        hurry();
        awaitWritten();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Writes what was taken so far where it belongs, and the rest elsewhere.
  void redirect(Sink elsewhere) {
    flush();
    sink = elsewhere;
  }

  /// How many lines were dropped so far.
  long dropped() {
    lock.lock();
    try {
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  private void start() {
    if (!running) {
      running = true;
      Thread.ofPlatform().name("manyfactor-log").daemon().start(this::writeForever);
    }
  }

  private void hurry() {
    hurried = true;
    work.signal();
  }

  private boolean makeRoom(int length) {
    if (filled + length > CAPACITY) {
      hurry();
      stuck = !await(progress, stuck ? 0 : PATIENCE, () -> filled + length <= CAPACITY);
    }
    if (filled + length > CAPACITY) {
      return false;
    }
    if (filled + length > filling.length) {
      filling = Arrays.copyOf(filling, Math.min(CAPACITY, 2 * (filled + length)));
    }
    return true;
  }

  private void awaitWritten() {
    long target = accepted;
    stuck = !await(progress, stuck ? 0 : PATIENCE, () -> written >= target);
  }

  /// Waits until something holds, and says whether it does; an interrupt costs half of the
  /// patience, because a thread that is being stopped may still have something to say.
  private static boolean await(Condition signal, long patience, BooleanSupplier reached) {
    boolean interrupted = Thread.interrupted();
    long left = patience;
    while (!reached.getAsBoolean() && left > 0) {
      try {
        left = signal.awaitNanos(left);
      } catch (InterruptedException stop) {
        interrupted = true;
        left /= 2;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return reached.getAsBoolean();
  }

  private void writeForever() {
    while (true) {
      int length = take();
      try {
        sink.write(spare, length);
      } catch (RuntimeException failure) {
        // there is nowhere left to say so, and the next lines must find their writer alive
      } finally {
        done(length);
      }
    }
  }

  /// Waits for lines, gathers some more, and swaps the buffers.
  private int take() {
    lock.lock();
    try {
      while (filled == 0) {
        work.awaitUninterruptibly();
      }
      await(work, GATHERING, () -> hurried);
      byte[] full = filling;
      int length = filled;
      filling = spare;
      spare = full;
      filled = 0;
      hurried = false;
      return length;
    } finally {
      lock.unlock();
    }
  }

  private void done(int length) {
    lock.lock();
    try {
      written += length;
      stuck = false;
      progress.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
