package dev.manyfactor.web;

import dev.manyfactor.context.Deadline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends a download while the transaction that it is made in is open. Belongs to one request.
///
/// Until the first buffer is full nothing is sent, so an early failure is answered like any other.
/// After that a failure closes the connection at once: neither the length nor the last chunk that
/// was promised ever comes, so no client takes what it has for the whole.
final class Streaming {
  private static final Logger LOG = LoggerFactory.getLogger(Streaming.class);

  private final Request request;
  private final org.eclipse.jetty.server.Response response;
  private final Consumer<Response> head;
  private UnaryOperator<Response> carrying = UnaryOperator.identity();
  private @Nullable Deadline deadline;
  private @Nullable Response begun;
  private @Nullable DownloadStream stream;
  private @Nullable String left;

  /// @param head sets status and headers of an answer
  Streaming(Request request, org.eclipse.jetty.server.Response response, Consumer<Response> head) {
    this.request = request;
    this.response = response;
    this.head = head;
  }

  /// Sets what decides how an answer is carried, which may also find that the client has it.
  void carriedBy(UnaryOperator<Response> decision) {
    carrying = decision;
  }

  /// Sets the time that the client has.
  void until(Deadline operation) {
    deadline = operation;
  }

  /// Sends the download of an answer but for its last bytes; any other answer is left alone.
  Response deliver(Response answer) {
    if (answer.download().isEmpty()) {
      return answer;
    }
    Response carried = carrying.apply(answer);
    if (carried.download().isPresent() && !request.getMethod().equals("HEAD")) {
      write(carried, carried.download().get());
    }
    return carried;
  }

  /// Whether bytes have been sent, so that no other answer can be given.
  boolean isBegun() {
    return begun != null;
  }

  /// What to record if the client did not take the answer; empty if that is not what went wrong.
  Optional<Response> abandoned(Observation observation) {
    if (left == null || begun == null) {
      return Optional.empty();
    }
    observation.leftByClient(left);
    return Optional.of(Response.empty(begun.status()));
  }

  /// Ends the answer: with its last bytes, or, if `outcome` is not the answer that has been begun,
  /// by breaking the connection.
  void end(Response outcome, Callback sending) {
    Response sent = begun;
    if (sent != null && !isSame(sent, outcome)) {
      abort();
      sending.failed(new IOException("the download was broken off"));
      return;
    }
    if (sent == null) {
      head.accept(outcome);
    }
    DownloadStream made = stream;
    if (made != null) {
      response.write(true, made.rest(), sending);
    } else {
      endHead(outcome, sending);
    }
  }

  private static boolean isSame(Response sent, Response outcome) {
    return sent.download().equals(outcome.download());
  }

  /// Without a body, whose length may not be known: then it is not told, instead of told as 0.
  private void endHead(Response outcome, Callback sending) {
    Optional<Long> length = outcome.download().flatMap(Download::length);
    if (length.isPresent()) {
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, length.get());
      response.write(true, BufferUtil.EMPTY_BUFFER, sending);
    } else {
      Callback last =
          Callback.from(
              () -> response.write(true, BufferUtil.EMPTY_BUFFER, sending), sending::failed);
      response.write(false, BufferUtil.EMPTY_BUFFER, last);
    }
  }

  private void write(Response answer, Download download) {
    long most = download.length().orElse(Long.MAX_VALUE);
    var out = new DownloadStream(bytes -> send(answer, bytes), most);
    try {
      download.writer().write(out);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    if (left != null) {
      throw new ClientLeftException(left);
    }
    if (download.length().isPresent() && out.written() < most) {
      throw new IllegalStateException(
          "the download says that it has %d bytes, but has %d".formatted(most, out.written()));
    }
    stream = out;
  }

  private void send(Response answer, ByteBuffer bytes) {
    if (left != null) {
      throw new ClientLeftException(left);
    }
    if (begun == null) {
      begin(answer);
      begun = answer;
    }
    var taken = new CompletableFuture<Boolean>();
    response.write(
        false, bytes, Callback.from(() -> taken.complete(true), taken::completeExceptionally));
    await(taken);
  }

  /// Chunks are asked for also where the connection is to be closed after the answer, since its end
  /// alone could not be told from a failure.
  private void begin(Response answer) {
    head.accept(answer);
    Optional<Long> length = answer.download().flatMap(Download::length);
    HttpFields.Mutable fields = response.getHeaders();
    if (length.isPresent()) {
      fields.put(HttpHeader.CONTENT_LENGTH, length.get());
    } else if (request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_1_0) {
      fields.put(HttpHeader.TRANSFER_ENCODING, "chunked");
    }
  }

  private void await(CompletableFuture<Boolean> taken) {
    Duration patience = deadline == null ? Duration.ZERO : deadline.remaining();
    try {
      if (patience.isZero()) {
        throw leave("it was not taken before the deadline");
      }
      taken.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException slow) {
      throw leave("it was not taken before the deadline");
    } catch (ExecutionException gone) {
      throw leave("the connection was closed");
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw leave("the service is stopping");
    }
  }

  /// Closes the connection now, so that a write which is not taken ends and lets go of its buffer.
  private ClientLeftException leave(String how) {
    left = how;
    abort();
    return new ClientLeftException(how);
  }

  /// Closes the connection by a reset: to HTTP/1.0, which knows no chunks, a mere end would look
  /// like the end of the body.
  private void abort() {
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

  /// Ends the making of a download that nobody takes.
  static final class ClientLeftException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ClientLeftException(String how) {
      super("the client has not taken the download: " + how, null, false, false);
    }
  }
}
