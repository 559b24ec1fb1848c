package dev.manyfactor.web;

import dev.manyfactor.context.Deadline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// Sends a download while the transaction that it is made in is open. Belongs to one request.
///
/// Until the first buffer is full nothing is sent, so an early failure is answered like any other.
/// After that a failure resets the connection at once: neither the length nor the last chunk that
/// was promised ever comes, so no client takes what it has for the whole.
final class Streaming {
  private final Request request;
  private final org.eclipse.jetty.server.Response response;
  private final Consumer<Response> head;
  private final Outbound outbound;
  private UnaryOperator<Response> carrying = UnaryOperator.identity();
  private @Nullable Response begun;
  private @Nullable DownloadStream stream;

  /// @param head sets status and headers of an answer
  Streaming(Request request, org.eclipse.jetty.server.Response response, Consumer<Response> head) {
    this.request = request;
    this.response = response;
    this.head = head;
    this.outbound = new Outbound(request, response);
  }

  /// Sets what decides how an answer is carried, which may also find that the client has it.
  void carriedBy(UnaryOperator<Response> decision) {
    carrying = decision;
  }

  /// Sets the time that there is.
  void until(Deadline deadline) {
    outbound.until(deadline);
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
    Response sent = begun;
    if (sent == null) {
      return Optional.empty();
    }
    outbound.left().ifPresent(observation::leftByClient);
    return outbound.left().map(_ -> Response.empty(sent.status()));
  }

  /// Ends the answer: with its last bytes, or, if `outcome` is not the answer that has been begun,
  /// by resetting the connection.
  void end(Response outcome, Callback sending) {
    Response sent = begun;
    if (sent != null && !sent.download().equals(outcome.download())) {
      outbound.reset();
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
    outbound.mustBeUnbroken();
    if (download.length().isPresent() && out.written() < most) {
      throw new IllegalStateException(
          "the download says that it has %d bytes, but has %d".formatted(most, out.written()));
    }
    stream = out;
  }

  private void send(Response answer, ByteBuffer bytes) {
    if (begun == null) {
      begin(answer);
      begun = answer;
    }
    outbound.send(bytes);
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
}
