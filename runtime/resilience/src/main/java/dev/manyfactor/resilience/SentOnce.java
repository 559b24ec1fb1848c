package dev.manyfactor.resilience;

import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

/// An empty request body that lets its request be sent once.
///
/// When a connection ends before the first byte of an answer, the JDK's client sends a GET or HEAD
/// again by itself, at once and unseen (`MultiExchange.getExceptionalCF`; no setting turns it off).
/// That would double the attempts an upstream sees while it fails. The client asks for the length
/// of the body each time it writes the head of a request, so a second question means a second
/// sending.
final class SentOnce implements HttpRequest.BodyPublisher {
  private final HttpRequest.BodyPublisher nothing = HttpRequest.BodyPublishers.noBody();
  private final AtomicBoolean sent = new AtomicBoolean();

  @Override
  public long contentLength() {
    if (sent.getAndSet(true)) {
      throw new IllegalStateException("the connection ended before the answer began");
    }
    return 0;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    nothing.subscribe(subscriber);
  }
}
