package dev.manyfactor.web;

import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpFields;

/// Something that the server itself serves, to `GET` and `HEAD`, without a token.
///
/// @param labels under which its requests are counted
/// @param isProbe whether it is asked for so often and so regularly that it is not worth a span, a
///   figure or a line
/// @param answer makes the response to a request with these headers
record Page(Labels labels, boolean isProbe, Function<HttpFields, Response> answer) {
  static final String ALLOW = "GET, HEAD, OPTIONS";

  /// A page that does not look at the request.
  Page(Labels labels, boolean isProbe, Supplier<Response> answer) {
    this(labels, isProbe, _ -> answer.get());
  }
}
