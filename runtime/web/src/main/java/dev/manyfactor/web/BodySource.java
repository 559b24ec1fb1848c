package dev.manyfactor.web;

import dev.manyfactor.context.Deadline;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content.Chunk;
import org.eclipse.jetty.server.Request;

/// The bytes of one request's body as they arrive: at most so many, and not after the deadline.
///
/// A body that is refused closes its connection, so that no byte behind it is ever taken for a
/// request.
final class BodySource {
  private final Request request;
  private final long maxBytes;
  private final Deadline deadline;
  private long taken;

  BodySource(Request request, long maxBytes, Deadline deadline) {
    this.request = request;
    this.maxBytes = maxBytes;
    this.deadline = deadline;
  }

  /// Gives each piece to `consumer`, which must not keep it; the last one says so.
  ///
  /// @throws Refused with 400 for a body that is broken off, 408 if it is too slow, 413 if it is
  ///   too large
  void drain(Consumer<Chunk> consumer) {
    boolean last = false;
    while (!last) {
      Chunk chunk = request.read();
      if (deadline.hasPassed()) {
        throw tooSlow(); // also for a body that never ends and never pauses
      }
      if (chunk == null) {
        await();
      } else if (Chunk.isFailure(chunk)) {
        throw failed(chunk.getFailure());
      } else {
        last = chunk.isLast();
        take(chunk, consumer);
      }
    }
  }

  private void take(Chunk chunk, Consumer<Chunk> consumer) {
    try {
      taken += chunk.getByteBuffer().remaining();
      if (taken > maxBytes) {
        throw tooLarge(maxBytes);
      }
      consumer.accept(chunk);
    } finally {
      chunk.release();
    }
  }

  private void await() {
    var arrived = new Semaphore(0);
    request.demand(arrived::release);
    try {
      if (!arrived.tryAcquire(deadline.remaining().toMillis(), TimeUnit.MILLISECONDS)) {
        throw tooSlow();
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw closing(Fault.NOT_READY.refused("the service is stopping").retrySoon());
    }
  }

  private static Refused failed(Throwable failure) {
    return failure instanceof TimeoutException
        ? tooSlow()
        : closing(Fault.BAD_REQUEST.refused("the body is broken off or not well-formed"));
  }

  static Refused tooLarge(long maxBytes) {
    return closing(Fault.TOO_LARGE.refused("the body must be at most " + maxBytes + " bytes"));
  }

  private static Refused tooSlow() {
    return closing(Fault.TOO_SLOW.refused("the body did not arrive in time"));
  }

  /// The same refusal, after which nothing more is read from the connection.
  static Refused closing(Refused refused) {
    return refused.with("Connection", "close");
  }
}
