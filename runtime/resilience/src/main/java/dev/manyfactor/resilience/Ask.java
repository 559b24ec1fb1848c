package dev.manyfactor.resilience;

import java.net.http.HttpRequest;
import java.util.function.Supplier;

/// A request that is complete, and can be sent again for each attempt.
///
/// @param target what it is aimed at
/// @param prototype address and headers; copied, never changed
/// @param body a publisher for one attempt
/// @param repeatable whether sending it twice does no harm
record Ask(
    Target target,
    HttpRequest.Builder prototype,
    Supplier<HttpRequest.BodyPublisher> body,
    boolean repeatable) {

  /// The request of one attempt, to which the caller adds what differs between attempts.
  HttpRequest.Builder attempt() {
    return prototype.copy().method(target.method(), body.get());
  }
}
