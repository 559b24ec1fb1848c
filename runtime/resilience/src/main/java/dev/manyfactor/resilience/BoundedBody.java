package dev.manyfactor.resilience;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/// Collects a response body up to a limit, and ends the connection at the first byte beyond it.
///
/// Called by one thread at a time, as reactive streams are.
final class BoundedBody implements HttpResponse.BodySubscriber<byte[]> {
  private final int status;
  private final int limit;
  private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
  private final CompletableFuture<byte[]> body = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;

  private BoundedBody(int status, int limit) {
    this.status = status;
    this.limit = limit;
  }

  /// Bodies of at most `limit` bytes; larger ones fail with [TooLarge].
  static HttpResponse.BodyHandler<byte[]> upTo(int limit) {
    return head -> new BoundedBody(head.statusCode(), limit);
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      if (!add(buffer)) {
        return;
      }
    }
    if (subscription != null) {
      subscription.request(1);
    }
  }

  private boolean add(ByteBuffer buffer) {
    if (buffer.remaining() > limit - collected.size()) {
      if (subscription != null) {
        subscription.cancel();
      }
      body.completeExceptionally(new TooLarge(status, limit));
      return false;
    }
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    collected.writeBytes(bytes);
    return true;
  }

  @Override
  public void onError(Throwable broken) {
    body.completeExceptionally(broken);
  }

  @Override
  public void onComplete() {
    body.complete(collected.toByteArray());
  }

  /// The body was longer than the limit.
  static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1;
    private final int status;

    private TooLarge(int status, int limit) {
      super("the answer is larger than " + limit + " bytes");
      this.status = status;
    }

    /// The status that came with it.
    int status() {
      return status;
    }
  }
}
