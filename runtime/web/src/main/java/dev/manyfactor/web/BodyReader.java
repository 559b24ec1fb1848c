package dev.manyfactor.web;

import dev.manyfactor.context.Deadline;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content.Chunk;
import org.eclipse.jetty.server.Request;

/// Reads the body of one request, at most so large and so long.
///
/// Memory grows with what has arrived, never with what was announced. A body that is refused closes
/// its connection, so that no byte behind it is ever taken for a request.
final class BodyReader {
  private static final byte[] EMPTY = {};
  private static final int FIRST_BUFFER = 16 * 1024;

  private final Request request;
  private final BodyRule rule;
  private final Deadline deadline;

  BodyReader(Request request, BodyRule rule, Deadline deadline) {
    this.request = request;
    this.rule = rule;
    this.deadline = deadline;
  }

  /// The whole body; empty for none.
  ///
  /// @throws Refused with 400 for a body that must not be, or that is broken off; 408 if it is too
  ///   slow, 413 if it is too large, 415 if it is of another type
  byte[] read() {
    HttpFields headers = request.getHeaders();
    long announced = Content.length(headers).orElse(-1L);
    if (announced == 0) {
      return EMPTY;
    }
    switch (rule) {
      case BodyRule.None() -> throw notExpected();
      case BodyRule.Json json -> {
        if (Content.isCoded(headers)) {
          throw Fault.UNSUPPORTED_MEDIA_TYPE
              .refused("send the body as it is, without Content-Encoding")
              .with("Accept-Encoding", "identity");
        }
        if (!Content.isJson(headers)) {
          throw Fault.UNSUPPORTED_MEDIA_TYPE
              .refused("send the header Content-Type: application/json, and the body in UTF-8")
              .with("Accept", "application/json");
        }
        if (announced > json.maxBytes()) {
          throw tooLarge();
        }
      }
    }
    return readAll((int) announced);
  }

  private byte[] readAll(int announced) {
    var bytes = new ByteArrayOutputStream(announced < 0 ? 1024 : Math.min(announced, FIRST_BUFFER));
    while (true) {
      Chunk chunk = request.read();
      if (chunk == null) {
        await();
      } else if (Chunk.isFailure(chunk)) {
        throw failed(chunk.getFailure());
      } else {
        boolean last = chunk.isLast();
        take(chunk, bytes);
        if (last) {
          return bytes.toByteArray();
        }
      }
    }
  }

  private void take(Chunk chunk, ByteArrayOutputStream bytes) {
    try {
      ByteBuffer buffer = chunk.getByteBuffer();
      if (buffer.remaining() > rule.maxBytes() - bytes.size()) {
        throw tooLarge();
      }
      if (buffer.hasArray()) {
        bytes.write(buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining());
      } else {
        byte[] copy = new byte[buffer.remaining()];
        buffer.get(copy);
        bytes.writeBytes(copy);
      }
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

  private static Refused notExpected() {
    return closing(Fault.BODY_NOT_EXPECTED.refused("the operation takes no body"));
  }

  private Refused tooLarge() {
    return closing(
        Fault.TOO_LARGE.refused("the body must be at most " + rule.maxBytes() + " bytes"));
  }

  private static Refused tooSlow() {
    return closing(Fault.TOO_SLOW.refused("the body did not arrive in time"));
  }

  private static Refused closing(Refused refused) {
    return refused.with("Connection", "close");
  }
}
