package dev.manyfactor.web;

import dev.manyfactor.context.Deadline;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way of one download to its client: each piece waits until the client has taken it, at most
/// until the deadline. Belongs to one request.
final class Outbound {
  private static final Logger LOG = LoggerFactory.getLogger(Outbound.class);

  private final Request request;
  private final org.eclipse.jetty.server.Response response;
  private @Nullable Deadline deadline;
  private @Nullable RuntimeException failure;
  private @Nullable String left;

  Outbound(Request request, org.eclipse.jetty.server.Response response) {
    this.request = request;
    this.response = response;
  }

  /// Sets the time that there is.
  void until(Deadline operation) {
    deadline = operation;
  }

  /// Returns once the bytes are taken.
  ///
  /// @throws ClientLeftException if the client is gone, now or before
  /// @throws Refused with 504 if the time is over, whoever has used it up
  void send(ByteBuffer bytes) {
    mustBeUnbroken();
    Duration patience = deadline == null ? Duration.ZERO : deadline.remaining();
    if (patience.isZero()) {
      throw late();
    }
    var taken = new CompletableFuture<Boolean>();
    response.write(
        false, bytes, Callback.from(() -> taken.complete(true), taken::completeExceptionally));
    await(taken, patience);
  }

  /// Fails again after a failure, whatever the writer has made of it.
  void mustBeUnbroken() {
    if (failure != null) {
      throw failure;
    }
  }

  /// How the client left, if it did.
  Optional<String> left() {
    return Optional.ofNullable(left);
  }

  /// Closes the connection by a reset: to HTTP/1.0, which knows no chunks, a mere end would look
  /// like the end of the body.
  void reset() {
    EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
    if (endPoint.getTransport() instanceof SocketChannel channel) {
      try {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      } catch (IOException closed) {
        LOG.debug("the connection is closed already", closed);
      }
    }
    endPoint.close();
  }

  private void await(CompletableFuture<Boolean> taken, Duration patience) {
    try {
      taken.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException slow) {
      throw late();
    } catch (ExecutionException gone) {
      throw leave("the connection was closed");
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw leave("the service is stopping");
    }
  }

  /// Closes the connection now, so that a write which is not taken ends and lets go of its buffer.
  private RuntimeException broken(RuntimeException cause) {
    failure = cause;
    reset();
    return cause;
  }

  private RuntimeException late() {
    return broken(Fault.TIMED_OUT.refused("the download did not end in time").retrySoon());
  }

  private RuntimeException leave(String how) {
    left = how;
    return broken(new ClientLeftException(how));
  }

  /// Ends the making of a download that nobody takes.
  static final class ClientLeftException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ClientLeftException(String how) {
      super("the client has not taken the download: " + how, null, false, false);
    }
  }
}
