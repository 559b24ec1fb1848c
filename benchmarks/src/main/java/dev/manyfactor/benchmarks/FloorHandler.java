package dev.manyfactor.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.UUID;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// Answers the two requests that are measured, and nothing that they do not ask for.
final class FloorHandler extends Handler.Abstract {
  private static final String PAYMENTS = "/v1/payments";
  private static final String ONE_PAYMENT = PAYMENTS + "/";
  private static final String READY = "/readyz";
  private static final JsonFactory JSON = new JsonFactory();

  private final FloorStatements statements;

  FloorHandler(FloorStatements statements) {
    this.statements = statements;
  }

  /// What it takes to open a payment.
  record NewPayment(
      @Nullable UUID customer, long amount, @Nullable String currency, @Nullable String text) {}

  @Override
  public boolean handle(Request request, Response response, Callback callback)
      throws IOException, SQLException {
    String path = String.valueOf(request.getHttpURI().getPath());
    if (request.getMethod().equals("POST")) {
      created(request, response, callback, path.equals(PAYMENTS));
    } else if (path.startsWith(ONE_PAYMENT)) {
      send(
          response,
          callback,
          200,
          statements.find(UUID.fromString(path.substring(ONE_PAYMENT.length()))));
    } else if (path.equals(READY)) {
      send(response, callback, 200, statements.ask());
    } else {
      return false;
    }
    return true;
  }

  private void created(Request request, Response response, Callback callback, boolean keyed)
      throws IOException, SQLException {
    ByteBuffer buffer = Content.Source.asByteBuffer(request);
    byte[] body = new byte[buffer.remaining()];
    buffer.get(body);
    FloorStatements.Stored stored =
        keyed
            ? statements.openKeyed(key(request), parse(body), body)
            : statements.open(parse(body));
    response.getHeaders().put(HttpHeader.LOCATION, ONE_PAYMENT + stored.id());
    send(response, callback, 201, stored.body());
  }

  private static UUID key(Request request) {
    String quoted = String.valueOf(request.getHeaders().get("Idempotency-Key"));
    return UUID.fromString(quoted.substring(1, quoted.length() - 1));
  }

  private static void send(Response response, Callback callback, int status, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
    response.write(true, ByteBuffer.wrap(bytes), callback);
  }

  private static NewPayment parse(byte[] body) {
    UUID customer = null;
    long amount = 0;
    String currency = null;
    String text = null;
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
      json.nextToken();
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        json.nextToken();
        switch (name) {
          case "customer_id" -> customer = UUID.fromString(json.getString());
          case "amount_minor" -> amount = json.getLongValue();
          case "currency" -> currency = json.getString();
          case "description" -> text = json.getString();
          default -> throw new IllegalArgumentException(name);
        }
      }
    }
    return new NewPayment(customer, amount, currency, text);
  }
}
