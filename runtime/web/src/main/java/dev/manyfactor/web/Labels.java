package dev.manyfactor.web;

import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The names under which the requests of one route are traced and counted, made once.
///
/// Names follow OpenTelemetry's HTTP semantic conventions; `operation` is ours. No value is copied
/// from a request, so the contract bounds the number of series. Safe on many threads.
final class Labels {
  private static final AttributeKey<String> METHOD = stringKey("http.request.method");
  private static final AttributeKey<String> ROUTE = stringKey("http.route");
  private static final AttributeKey<String> OPERATION = stringKey("operation");
  private static final AttributeKey<String> SCHEME = stringKey("url.scheme");
  static final AttributeKey<Long> STATUS = longKey("http.response.status_code");

  private static final Map<String, Labels> UNROUTED =
      Map.of(
          "GET", new Labels("GET", Optional.empty(), Optional.empty()),
          "POST", new Labels("POST", Optional.empty(), Optional.empty()),
          "PUT", new Labels("PUT", Optional.empty(), Optional.empty()),
          "PATCH", new Labels("PATCH", Optional.empty(), Optional.empty()),
          "DELETE", new Labels("DELETE", Optional.empty(), Optional.empty()),
          "HEAD", new Labels("HEAD", Optional.empty(), Optional.empty()),
          "OPTIONS", new Labels("OPTIONS", Optional.empty(), Optional.empty()));
  private static final Labels OTHER = new Labels("_OTHER", Optional.empty(), Optional.empty());

  private final String method;
  private final Optional<String> route;
  private final Optional<String> operation;
  private final Attributes attributes;
  private final Attributes active;
  private final Map<Integer, Attributes> byStatus = new ConcurrentHashMap<>();

  private Labels(String method, Optional<String> route, Optional<String> operation) {
    this.method = method;
    this.route = route;
    this.operation = operation;
    var builder = Attributes.builder().put(METHOD, method).put(SCHEME, "http");
    this.active = builder.build();
    route.ifPresent(template -> builder.put(ROUTE, template));
    operation.ifPresent(id -> builder.put(OPERATION, id));
    this.attributes = builder.build();
  }

  /// For the requests to an operation of the contract.
  static Labels of(Operation operation) {
    return new Labels(
        operation.method().name(), Optional.of(operation.path()), Optional.of(operation.id()));
  }

  /// For the requests to a page that the server itself has.
  static Labels ofPage(String route) {
    return new Labels("GET", Optional.of(route), Optional.empty());
  }

  /// For the requests that matched no route, whatever their method and path.
  static Labels unrouted(String method) {
    return UNROUTED.getOrDefault(method, OTHER);
  }

  String method() {
    return method;
  }

  String route() {
    return route.orElse("");
  }

  Optional<String> operation() {
    return operation;
  }

  /// `GET /v1/payments/{id}`, or the method alone without a route.
  String spanName() {
    return route.map(template -> method + ' ' + template).orElse(method);
  }

  /// What a span begins with.
  Attributes attributes() {
    return attributes;
  }

  /// What a request in progress is counted under.
  Attributes active() {
    return active;
  }

  /// What an answered request is counted under.
  Attributes withStatus(int status) {
    return byStatus.computeIfAbsent(
        status, code -> attributes.toBuilder().put(STATUS, (long) code).build());
  }
}
