package dev.manyfactor.web;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;

/// Sends responses, and notes which are still on their way. Safe on many threads.
final class Sender {
  private final InFlight inFlight;
  private volatile boolean closing;

  Sender(InFlight inFlight) {
    this.inFlight = inFlight;
  }

  /// From now on every response closes its connection.
  void closeConnections() {
    closing = true;
  }

  /// Notes that a request has arrived and must be answered.
  Sending begin(Request request, org.eclipse.jetty.server.Response response, Callback callback) {
    Connection connection = request.getConnectionMetaData().getConnection();
    inFlight.begin(connection);
    return new Sending(request, connection, response, callback);
  }

  /// Takes away the length 0 that Jetty adds: 204 has none, and in 304 it would be that of the
  /// content which the client has (RFC 9110, section 8.6).
  private static final class WithoutLength extends HttpStream.Wrapper {
    private WithoutLength(HttpStream stream) {
      super(stream);
    }

    @Override
    public void prepareResponse(HttpFields.Mutable headers) {
      headers.remove(HttpHeader.CONTENT_LENGTH);
      super.prepareResponse(headers);
    }
  }

  /// The response to one request.
  final class Sending implements Callback {
    private final Connection connection;
    private final org.eclipse.jetty.server.Response response;
    private final Callback callback;
    private final Streaming streaming;
    private boolean unread;

    private Sending(
        Request request,
        Connection connection,
        org.eclipse.jetty.server.Response response,
        Callback callback) {
      this.connection = connection;
      this.streaming = new Streaming(request, response, this::head);
      this.response = response;
      this.callback = callback;
    }

    /// What sends downloads before [#send] ends them.
    Streaming streaming() {
      return streaming;
    }

    /// Sends all of it; returns as soon as the client, or the idle timeout, has taken over.
    void send(Response answer) {
      unread = !streaming.isBegun() && UnreadBody.isToCome(response.getRequest(), answer.status());
      if (streaming.isBegun() || answer.download().isPresent()) {
        streaming.end(answer, this);
        return;
      }
      head(answer);
      byte[] body = answer.body();
      if (Response.mayHaveBody(answer.status())) {
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), this);
      } else {
        response.getRequest().addHttpStreamWrapper(WithoutLength::new);
        response.write(true, ByteBuffer.wrap(body), this);
      }
    }

    private void head(Response answer) {
      response.setStatus(answer.status());
      HttpFields.Mutable fields = response.getHeaders();
      answer.headers().forEach(fields::put);
      if (closing || unread) {
        fields.put(HttpFields.CONNECTION_CLOSE);
      }
    }

    @Override
    public void succeeded() {
      if (unread) {
        unread = false;
        UnreadBody.drain(response.getRequest(), this);
        return;
      }
      inFlight.end(connection);
      callback.succeeded();
    }

    @Override
    public void failed(Throwable failure) {
      inFlight.end(connection);
      callback.failed(failure);
    }

    @Override
    public InvocationType getInvocationType() {
      return callback.getInvocationType();
    }
  }
}
