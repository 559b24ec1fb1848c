package dev.manyfactor.formation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// What the router answers itself, as a problem (RFC 9457): no instance is ready, an instance has
/// failed, or the bytes are no request that could be passed on.
final class RoutingProblems extends ErrorHandler {
  private static final String RETRY_SECONDS = "1";

  /// What the service itself says of a later version; 426 would have to name one that is spoken.
  private static final int NOT_HTTP_1 = HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505;

  @Override
  public boolean errorPageForMethod(String method) {
    return true;
  }

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      @Nullable String message,
      @Nullable Throwable cause,
      Callback callback) {
    answer(response, code == HttpStatus.UPGRADE_REQUIRED_426 ? NOT_HTTP_1 : code, callback);
  }

  private static void answer(Response response, int code, Callback callback) {
    byte[] body =
        "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}"
            .formatted(HttpStatus.getMessage(code), code, detail(code))
            .getBytes(StandardCharsets.UTF_8);
    response.setStatus(code);
    response.getHeaders().put(now(response));
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    if (code == HttpStatus.SERVICE_UNAVAILABLE_503) {
      response.getHeaders().put(HttpHeader.RETRY_AFTER, RETRY_SECONDS);
    } else if (isOfTheRequest(code)) { // where the next one begins is not certain
      response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
    }
    response.write(true, ByteBuffer.wrap(body), callback);
  }

  /// The router sends no `Date` by itself, because what it passes on has one of its own.
  private static HttpField now(Response response) {
    return response.getRequest().getConnectionMetaData().getConnector().getServer().getDateField();
  }

  private static boolean isOfTheRequest(int code) {
    return code < HttpStatus.INTERNAL_SERVER_ERROR_500
        || code == HttpStatus.NOT_IMPLEMENTED_501
        || code == NOT_HTTP_1;
  }

  private static String detail(int code) {
    return switch (code) {
      case HttpStatus.BAD_GATEWAY_502 ->
          "the instance that had this request ended or broke the connection before it answered; "
              + "whether the request had an effect is unknown: send it again with the same Idempotency-Key";
      case HttpStatus.SERVICE_UNAVAILABLE_503 ->
          "no instance of the service is ready; send the request again";
      case HttpStatus.GATEWAY_TIMEOUT_504 ->
          "the instance that had this request was silent for too long; "
              + "whether the request had an effect is unknown: send it again with the same Idempotency-Key";
      default -> "the request is not one that this server takes";
    };
  }
}
