package dev.manyfactor.web;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content.Chunk;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/// What a client still sends of a body that was refused before all of it had come.
///
/// A connection that is closed under a client that sends is reset, and the client may never read
/// the answer (RFC 9112, section 9.6). So after the answer, which says that the connection closes,
/// the rest is read and thrown away, for a short time.
final class UnreadBody {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int MOST_AT_ONCE = 64 * 1024;
  private static final int TOO_SLOW = 408;

  private final Request request;
  private final Callback completion;
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile Scheduler.Task end = () -> false;

  private UnreadBody(Request request, Callback completion) {
    this.request = request;
    this.completion = completion;
  }

  /// Whether more of the body is to come than what is there and little enough to be read now. Holds
  /// not for a client that waits to be asked for it, or that was too slow to be waited for.
  static boolean isToCome(Request request, int status) {
    HttpFields headers = request.getHeaders();
    boolean hasBody =
        headers.contains(HttpHeader.CONTENT_LENGTH)
            || headers.contains(HttpHeader.TRANSFER_ENCODING);
    if (!hasBody || status == TOO_SLOW || headers.contains(HttpHeader.EXPECT)) {
      return false;
    }
    long taken = 0;
    while (taken <= MOST_AT_ONCE) {
      Chunk chunk = request.read();
      if (chunk == null) {
        return true;
      }
      taken += chunk.remaining();
      chunk.release();
      if (chunk.isLast()) {
        return false;
      }
    }
    return true;
  }

  /// Reads until the end of the body or of patience, then completes the request.
  static void drain(Request request, Callback completion) {
    UnreadBody unread = new UnreadBody(request, completion);
    unread.end =
        request
            .getComponents()
            .getScheduler()
            .schedule(unread::giveUp, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    unread.read();
  }

  private void read() {
    while (!over.get()) {
      Chunk chunk = request.read();
      if (chunk == null) {
        request.demand(this::read);
        return;
      }
      chunk.release();
      if (chunk.isLast() && over.compareAndSet(false, true)) {
        var _ = end.cancel();
        completion.succeeded();
      }
    }
  }

  private void giveUp() {
    if (over.compareAndSet(false, true)) {
      completion.failed(new TimeoutException("the body did not end within " + PATIENCE));
    }
  }
}
