package dev.manyfactor.web;

import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// A routed request: its target and headers, as they came.
///
/// @param route what it is for
/// @param values of the path parameters, decoded, in the order of the route's names
/// @param request the server's request, which also has the body
record Incoming(Route route, List<String> values, Request request) {

  /// The path before percent-decoding.
  String path() {
    String path = request.getHttpURI().getPath();
    return path == null ? "" : path;
  }

  /// What follows the question mark, before percent-decoding; `null` for a target without one.
  @Nullable String query() {
    return request.getHttpURI().getQuery();
  }

  String pathValue(String name) {
    int index = route.parameters().indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException(
          "the path " + route.operation().path() + " has no parameter " + name);
    }
    return values.get(index);
  }

  /// The value of a header, several lines joined by a comma (RFC 9110, section 5.3).
  Optional<String> header(String name) {
    String joined = null;
    for (HttpField field : request.getHeaders()) {
      if (field.is(name)) {
        String value = field.getValue() == null ? "" : field.getValue();
        joined = joined == null ? value : joined + ", " + value;
      }
    }
    return Optional.ofNullable(joined);
  }
}
