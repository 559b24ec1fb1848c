package dev.manyfactor.web;

import java.util.Optional;

/// Every kind of problem that the server itself reports; each has a page under `/problems/`.
enum Fault {
  BAD_REQUEST(400, "bad-request", "The request is not well-formed HTTP."),
  INVALID_REQUEST(
      400,
      "invalid-request",
      "The request breaks rules of the contract; `errors` names each place, rule and detail."),
  BODY_NOT_EXPECTED(
      400, "body-not-expected", "The operation takes no body; send the request without one."),
  IDEMPOTENCY_KEY_MISSING(
      400,
      "idempotency-key-missing",
      "The operation needs the header `Idempotency-Key`: a value of 16 to 128 characters that the"
          + " client makes up once per piece of work, and sends again with every repetition of it."),
  IDEMPOTENCY_KEY_INVALID(
      400,
      "idempotency-key-invalid",
      "The header `Idempotency-Key` must be 16 to 128 characters of `A-Za-z0-9_.:-`, bare or in"
          + " double quotes."),
  IDEMPOTENCY_KEY_EXPIRED(
      400,
      "idempotency-key-expired",
      "The key is older than the time for which answers are kept, so it can no longer be known"
          + " whether its work was done; look, then use a new key."),
  UNAUTHENTICATED(401, "unauthenticated", "The request has no valid access token."),
  FORBIDDEN(403, "forbidden", "The caller is known, but may not do this."),
  NOT_FOUND(404, "not-found", "The contract has no operation with this path."),
  METHOD_NOT_ALLOWED(
      405, "method-not-allowed", "The path exists, but not with this method; see `Allow`."),
  NOT_ACCEPTABLE(
      406,
      "not-acceptable",
      "The header `Accept` excludes every media type that the operation has."),
  TOO_SLOW(408, "request-timeout", "The request did not arrive in time."),
  IN_FLIGHT(
      409,
      "idempotency-key-in-flight",
      "A request with the same key is being worked on; repeat it after `Retry-After`."),
  TOO_LARGE(413, "content-too-large", "The body is larger than the operation takes."),
  URI_TOO_LONG(414, "uri-too-long", "The request target is longer than the server takes."),
  UNSUPPORTED_MEDIA_TYPE(
      415,
      "unsupported-media-type",
      "The body is of another media type than the operation takes, or compressed."),
  EXPECTATION_FAILED(417, "expectation-failed", "The server knows only `Expect: 100-continue`."),
  KEY_REUSED(
      422,
      "idempotency-key-reused",
      "The key was used for a different request before; use a new key for new work."),
  HEAD_TOO_LARGE(431, "head-too-large", "The request's headers are larger than the server takes."),
  INTERNAL(
      500, "internal-error", "The service failed; `trace_id` finds what happened in its logs."),
  UNKNOWN_METHOD(501, "unknown-method", "The server does not know the method."),
  BAD_UPSTREAM(502, "bad-upstream", "A service that this one depends on gave no usable answer."),
  OVERLOADED(
      503, "overloaded", "The service has more to do than it can; repeat after `Retry-After`."),
  NOT_READY(503, "not-ready", "The service is starting or stopping; repeat after `Retry-After`."),
  UNAVAILABLE(
      503,
      "dependency-unavailable",
      "Something that the service depends on is not there; repeat after `Retry-After`."),
  OUTCOME_UNKNOWN(
      503,
      "outcome-unknown",
      "The connection to the database was lost while committing: the work is done completely or"
          + " not at all. Repeat it with the same `Idempotency-Key`, or look before repeating it."),
  TIMED_OUT(504, "timeout", "The service did not finish in time; repeat after `Retry-After`."),
  VERSION(505, "http-version-not-supported", "The server speaks HTTP/1.1 and HTTP/1.0.");

  private final int status;
  private final String word;
  private final String explanation;

  Fault(int status, String word, String explanation) {
    this.status = status;
    this.word = word;
    this.explanation = explanation;
  }

  /// This kind of problem, with what is special this time.
  Problem problem(String detail) {
    return Problem.of(status, word, detail);
  }

  /// Ends the request with this problem.
  Refused refused(String detail) {
    return new Refused(Response.problem(problem(detail)));
  }

  /// The problem that HTTP itself names by a status, for failures before routing.
  static Fault ofStatus(int status) {
    for (Fault fault : values()) {
      if (fault.status == status) {
        return fault;
      }
    }
    return status < 500 ? BAD_REQUEST : INTERNAL;
  }

  /// The page of the kind with this name, as Markdown.
  static Optional<String> page(String word) {
    for (Fault fault : values()) {
      if (fault.word.equals(word)) {
        return Optional.of(
            "# %s\n\nStatus %d. %s\n"
                .formatted(fault.problem("").title(), fault.status, fault.explanation));
      }
    }
    return Optional.empty();
  }
}
