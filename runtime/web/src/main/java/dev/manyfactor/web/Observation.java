package dev.manyfactor.web;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// One request as it is being traced, counted and logged; belongs to the request's thread.
final class Observation {
  private static final Logger LOG = LoggerFactory.getLogger("dev.manyfactor.web.request");

  private final RequestTelemetry telemetry;
  private final Labels labels;
  private final Context traced;
  private final long began;
  private String tenant = "";

  Observation(RequestTelemetry telemetry, Labels labels, Context traced, long began) {
    this.telemetry = telemetry;
    this.labels = labels;
    this.traced = traced;
    this.began = began;
  }

  /// What to make current while the request is being answered.
  Context traced() {
    return traced;
  }

  /// Notes whose data the request is about.
  void tenant(String id) {
    tenant = id;
  }

  /// Notes a failure of something that the service depends on: one line without a stack, since many
  /// requests meet the same one.
  void failedByDependency(Throwable failure) {
    record(failure);
    about(LOG.atError()).log("request failed: {}", failure.getMessage());
  }

  /// Notes a failure that nobody has provided for, with its stack.
  void failedByBug(Throwable failure) {
    record(failure);
    about(LOG.atError()).setCause(failure).log("request failed");
  }

  /// Notes that the client did not take the whole answer: no failure of this service.
  void leftByClient(String how) {
    span().setAttribute("error.type", "client_left");
    about(LOG.atInfo()).log("response not taken: {}", how);
  }

  private void record(Throwable failure) {
    span().recordException(failure).setAttribute("error.type", failure.getClass().getName());
  }

  /// Ends the span, counts the request and logs it: one line per request.
  void end(int status) {
    Span span = span();
    if (span.isRecording()) {
      span.setAttribute(Labels.STATUS, (long) status);
      if (status >= 500) {
        span.setStatus(StatusCode.ERROR);
      }
    }
    log(status, telemetry.end(labels, status, began));
    span.end();
  }

  private void log(int status, long nanos) {
    if (LOG.isInfoEnabled()) {
      about(LOG.atInfo())
          .addKeyValue("method", labels.method())
          .addKeyValue("route", labels.route())
          .addKeyValue("status", status)
          .addKeyValue("duration_ms", nanos / 1e6)
          .log("request");
    }
  }

  private LoggingEventBuilder about(LoggingEventBuilder line) {
    LoggingEventBuilder named =
        labels.operation().map(operation -> line.addKeyValue("operation", operation)).orElse(line);
    return tenant.isEmpty() ? named : named.addKeyValue("tenant", tenant);
  }

  private Span span() {
    return Span.fromContext(traced);
  }
}
