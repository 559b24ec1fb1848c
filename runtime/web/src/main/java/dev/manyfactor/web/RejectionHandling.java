package dev.manyfactor.web;

import io.opentelemetry.context.Scope;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// Answers what the HTTP parser refused, before there was a request to route: as a problem, with a
/// span, a figure and a log line of its own, and without the parser's own words. The connection is
/// closed, since where the next message begins is no longer certain.
final class RejectionHandling extends ErrorHandler {
  private static final String DETAIL = "the request is not one that this server takes";

  private final RequestTelemetry telemetry;

  RejectionHandling(RequestTelemetry telemetry) {
    this.telemetry = telemetry;
  }

  @Override
  public boolean errorPageForMethod(String method) {
    return true;
  }

  @Override
  protected void generateResponse(
      Request request,
      org.eclipse.jetty.server.Response response,
      int code,
      @Nullable String message,
      @Nullable Throwable cause,
      Callback callback) {
    Labels labels = Labels.unrouted(String.valueOf(request.getMethod()));
    Observation observation = telemetry.begin(request.getHeaders(), labels);
    try (Scope _ = observation.traced().makeCurrent()) {
      if (cause != null && code == 500) {
        observation.failedByBug(cause);
      }
      Fault fault = Fault.ofStatus(code);
      Problem problem = fault.problem(DETAIL);
      send(response, problem, callback);
      observation.end(problem.status());
    }
  }

  /// Sends the problem and closes the connection.
  static void send(org.eclipse.jetty.server.Response response, Problem problem, Callback callback) {
    byte[] body = ProblemBody.of(problem);
    response.setStatus(problem.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
    response.write(true, ByteBuffer.wrap(body), callback);
  }

  /// The same for a port of which nothing is traced, counted or logged.
  static final class Unobserved extends ErrorHandler {
    @Override
    public boolean errorPageForMethod(String method) {
      return true;
    }

    @Override
    protected void generateResponse(
        Request request,
        org.eclipse.jetty.server.Response response,
        int code,
        @Nullable String message,
        @Nullable Throwable cause,
        Callback callback) {
      send(response, Fault.ofStatus(code).problem(DETAIL), callback);
    }
  }
}
