package dev.manyfactor.web;

import java.time.Duration;
import java.util.Set;

/// One operation of a contract and the code that answers it.
///
/// Made by generated code; immutable.
///
/// @param id the contract's `operationId`, for example `createPayment`
/// @param method the request method
/// @param path the full template, base path included, for example `/v1/payments/{id}`; a parameter
///   is a whole segment
/// @param access who may use it
/// @param idempotent why repeating it does no harm
/// @param deadline how long the whole request may take, body included
/// @param body what the request may carry
/// @param handler what answers it
/// @param produces the media types of its successful answers, for the check of `Accept`
public record Operation(
    String id,
    Method method,
    String path,
    Access access,
    Idempotent idempotent,
    Duration deadline,
    BodyRule body,
    Handler handler,
    Set<String> produces) {

  private static final Set<String> JSON = Set.of("application/json");

  public Operation {
    produces = Set.copyOf(produces);
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException(
          "the path of operation " + id + " must start with / but is " + path);
    }
    if (deadline.isNegative() || deadline.isZero()) {
      throw new IllegalArgumentException(
          "the deadline of operation " + id + " must be positive, but is " + deadline);
    }
  }

  /// An operation whose successful answers are `application/json`, or have no content.
  public Operation(
      String id,
      Method method,
      String path,
      Access access,
      Idempotent idempotent,
      Duration deadline,
      BodyRule body,
      Handler handler) {
    this(id, method, path, access, idempotent, deadline, body, handler, JSON);
  }

  /// The same operation with successful answers of these media types instead.
  public Operation producing(String... mediaTypes) {
    return new Operation(
        id, method, path, access, idempotent, deadline, body, handler, Set.of(mediaTypes));
  }
}
