package dev.manyfactor.web;

import java.util.function.Supplier;

/// Something that the server itself serves, to `GET` and `HEAD`, without a token.
///
/// @param labels under which its requests are counted
/// @param isProbe whether it is asked for so often and so regularly that it is not worth a span, a
///   figure or a line
/// @param answer makes the response
record Page(Labels labels, boolean isProbe, Supplier<Response> answer) {
  static final String ALLOW = "GET, HEAD, OPTIONS";
}
