package dev.manyfactor.web;

import java.util.Arrays;
import java.util.Optional;

/// Every kind of problem that the server itself reports; each has a page under `/problems/`.
///
/// `docs/reference/problems.md` is written from these words by `ProblemsPageTests`.
enum Fault {
  BAD_REQUEST(
      400,
      "bad-request",
      Repeat.CHANGED,
      "The bytes that came are not one well-formed HTTP request, or its body was broken off.",
      "Look at what sends the request: the connection is closed after this answer."),
  INVALID_REQUEST(
      400,
      "invalid-request",
      Repeat.CHANGED,
      "The request breaks rules of the contract. `errors` names every place with the rule that it"
          + " breaks: a JSON pointer into the body, or `path.`, `query.` or `header.` and a name.",
      "Correct each place that `errors` names; the contract is at `/openapi.yaml`."),
  BODY_NOT_EXPECTED(
      400,
      "body-not-expected",
      Repeat.CHANGED,
      "The request has a body, but the operation takes none.",
      "Send the request without a body."),
  IDEMPOTENCY_KEY_MISSING(
      400,
      "idempotency-key-missing",
      Repeat.CHANGED,
      "The operation changes something and needs the header `Idempotency-Key`.",
      "Make up a value of 16 to 128 characters once per piece of work, such as a UUID, and send it"
          + " with the request and with every repetition of it."),
  IDEMPOTENCY_KEY_INVALID(
      400,
      "idempotency-key-invalid",
      Repeat.CHANGED,
      "The header `Idempotency-Key` is not one key.",
      "Send one key of 16 to 128 characters of `A-Za-z0-9_.:-`, bare or in double quotes."),
  IDEMPOTENCY_KEY_EXPIRED(
      400,
      "idempotency-key-expired",
      Repeat.CHANGED,
      "The key says when it was made, and that is longer ago than answers are kept, or in the"
          + " future; so it cannot be known whether its work was done. How long they are kept is in"
          + " the header `Idempotency-Retention` of every answer under a key, in seconds.",
      "Look whether the work was done; if not, send it with a new key."),
  UNAUTHENTICATED(
      401,
      "unauthenticated",
      Repeat.CHANGED,
      "The request has no valid access token. `WWW-Authenticate` says what is wrong with it.",
      "Get a new token from the issuer and send it as `Authorization: Bearer …`."),
  FORBIDDEN(
      403,
      "forbidden",
      Repeat.CHANGED,
      "The caller is known, but may not do this: its token lacks a scope, which"
          + " `WWW-Authenticate` names, or names no tenant.",
      "Ask for a token that has what is missing."),
  NOT_FOUND(
      404,
      "not-found",
      Repeat.CHANGED,
      "The contract has no operation with this path.",
      "Compare the path with `/openapi.yaml`, letter by letter."),
  METHOD_NOT_ALLOWED(
      405,
      "method-not-allowed",
      Repeat.CHANGED,
      "The path exists, but not with this method.",
      "Use one of the methods that `Allow` names."),
  NOT_ACCEPTABLE(
      406,
      "not-acceptable",
      Repeat.CHANGED,
      "The header `Accept` excludes every media type that the operation has.",
      "Accept one of the media types that `detail` names, or leave the header out."),
  TOO_SLOW(
      408,
      "request-timeout",
      Repeat.AT_ONCE,
      "The body did not arrive in time, so nothing was done. The connection is closed.",
      "Send the request again over a new connection."),
  IN_FLIGHT(
      409,
      "idempotency-key-in-flight",
      Repeat.WITH_KEY,
      "A request with the same key is being worked on.",
      "Send it again after `Retry-After`; the answer will be the one of the first request."),
  TOO_LARGE(
      413,
      "content-too-large",
      Repeat.CHANGED,
      "The body is larger than the operation takes; `detail` says how much it takes.",
      "Send less at a time."),
  URI_TOO_LONG(
      414,
      "uri-too-long",
      Repeat.CHANGED,
      "The request target is longer than the server takes.",
      "Shorten the query."),
  UNSUPPORTED_MEDIA_TYPE(
      415,
      "unsupported-media-type",
      Repeat.CHANGED,
      "The body is of a media type or in a coding that the operation does not take.",
      "Send one of the media types that `Accept` names, in a coding that `Accept-Encoding` names;"
          + " JSON is in UTF-8."),
  EXPECTATION_FAILED(
      417,
      "expectation-failed",
      Repeat.CHANGED,
      "The header `Expect` asks for something that the server does not know.",
      "Send `Expect: 100-continue`, or leave the header out."),
  KEY_REUSED(
      422,
      "idempotency-key-reused",
      Repeat.CHANGED,
      "The key was used for a different request before.",
      "Use a new key for new work; repeat a request with its key unchanged."),
  RATE_LIMITED(
      429,
      "rate-limited",
      Repeat.AT_ONCE,
      "The caller has sent more requests than its share. Nothing was done.",
      "Send it again after `Retry-After`, and fewer at a time."),
  HEAD_TOO_LARGE(
      431,
      "head-too-large",
      Repeat.CHANGED,
      "The request's headers are larger than the server takes.",
      "Send fewer or shorter headers."),
  INTERNAL(
      500,
      "internal-error",
      Repeat.WITH_KEY,
      "The service has a fault. What it had stored for this request was undone.",
      "Tell the service's operators the `trace_id`: it finds what happened in their logs."),
  UNKNOWN_METHOD(
      501,
      "unknown-method",
      Repeat.CHANGED,
      "The server does not know the method. The connection is closed.",
      "Use a method of RFC 9110, in capitals."),
  BAD_UPSTREAM(
      502,
      "bad-upstream",
      Repeat.WITH_KEY,
      "A service that this one depends on gave no usable answer.",
      "Send it again after `Retry-After`."),
  OVERLOADED(
      503,
      "overloaded",
      Repeat.AT_ONCE,
      "The service has more to do than it can. Nothing was done.",
      "Send it again after `Retry-After`, each time after a longer and a random wait."),
  NOT_READY(
      503,
      "not-ready",
      Repeat.WITH_KEY,
      "The service is starting or stopping.",
      "Send it again after `Retry-After`."),
  UNAVAILABLE(
      503,
      "dependency-unavailable",
      Repeat.WITH_KEY,
      "Something that the service depends on is not there.",
      "Send it again after `Retry-After`."),
  OUTCOME_UNKNOWN(
      503,
      "outcome-unknown",
      Repeat.WITH_KEY,
      "The connection to the database was lost while committing: the work is done completely or"
          + " not at all.",
      "Send it again with the same `Idempotency-Key`; without one, look before sending it again."),
  TIMED_OUT(
      504,
      "timeout",
      Repeat.WITH_KEY,
      "The service did not finish in time.",
      "Send it again after `Retry-After`."),
  VERSION(
      505,
      "http-version-not-supported",
      Repeat.CHANGED,
      "The request is in a version of HTTP that the server does not speak.",
      "Speak HTTP/1.1 or HTTP/1.0.");

  private static final int UPGRADE_REQUIRED = 426;

  /// Whether the same request may be sent again.
  enum Repeat {
    CHANGED("The same request gets the same answer: change it first."),
    AT_ONCE("Safe: nothing was done."),
    WITH_KEY(
        "Safe for `GET`, `PUT` and `DELETE`, and for any request with the same"
            + " `Idempotency-Key`. Otherwise look first whether the work was done.");

    private final String words;

    Repeat(String words) {
      this.words = words;
    }
  }

  private final int status;
  private final String word;
  private final Repeat repeat;
  private final String meaning;
  private final String remedy;

  Fault(int status, String word, Repeat repeat, String meaning, String remedy) {
    this.status = status;
    this.word = word;
    this.repeat = repeat;
    this.meaning = meaning;
    this.remedy = remedy;
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
    if (status == UPGRADE_REQUIRED) {
      return VERSION; // the parser's answer to the preface of HTTP/2, which this server never
      // speaks
    }
    for (Fault fault : values()) {
      if (fault.status == status) {
        return fault;
      }
    }
    return status < 500 ? BAD_REQUEST : INTERNAL;
  }

  /// The kind with this name.
  static Optional<Fault> named(String word) {
    return Arrays.stream(values()).filter(fault -> fault.word.equals(word)).findFirst();
  }

  /// What a reader is told about this kind.
  ProblemPage page() {
    Problem kind = problem("");
    return new ProblemPage(
        kind.title(), "`" + kind.type() + "`, status " + status, meaning, remedy, repeat.words);
  }
}
