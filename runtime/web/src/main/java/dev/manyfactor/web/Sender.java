package dev.manyfactor.web;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Connection;
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

  /// The response to one request.
  final class Sending implements Callback {
    private final Connection connection;
    private final org.eclipse.jetty.server.Response response;
    private final Callback callback;
    private final Delivery delivery;

    private Sending(
        Request request,
        Connection connection,
        org.eclipse.jetty.server.Response response,
        Callback callback) {
      this.connection = connection;
      this.delivery = new Delivery(request, response, this::head);
      this.response = response;
      this.callback = callback;
    }

    /// Sends downloads, before [#send] ends them.
    Delivery delivery() {
      return delivery;
    }

    /// Sends all of it; returns as soon as the client, or the idle timeout, has taken over.
    void send(Response answer) {
      if (delivery.isBegun() || answer.download().isPresent()) {
        delivery.end(answer, this);
        return;
      }
      head(answer);
      HttpFields.Mutable fields = response.getHeaders();
      byte[] body = answer.body();
      if (Response.mayHaveBody(answer.status())) {
        fields.put(HttpHeader.CONTENT_LENGTH, body.length);
      }
      response.write(true, ByteBuffer.wrap(body), this);
    }

    private void head(Response answer) {
      response.setStatus(answer.status());
      HttpFields.Mutable fields = response.getHeaders();
      answer.headers().forEach(fields::put);
      if (closing) {
        fields.put(HttpFields.CONNECTION_CLOSE);
      }
    }

    @Override
    public void succeeded() {
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
