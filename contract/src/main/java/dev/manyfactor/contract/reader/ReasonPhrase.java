package dev.manyfactor.contract.reader;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The status of a response and the Java name of such an outcome, after its phrase in RFC 9110.
record ReasonPhrase(int status, String javaName) {
  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(200, "Ok"),
          Map.entry(201, "Created"),
          Map.entry(202, "Accepted"),
          Map.entry(204, "NoContent"),
          Map.entry(303, "SeeOther"),
          Map.entry(304, "NotModified"),
          Map.entry(307, "TemporaryRedirect"),
          Map.entry(400, "BadRequest"),
          Map.entry(401, "Unauthorized"),
          Map.entry(402, "PaymentRequired"),
          Map.entry(403, "Forbidden"),
          Map.entry(404, "NotFound"),
          Map.entry(409, "Conflict"),
          Map.entry(410, "Gone"),
          Map.entry(412, "PreconditionFailed"),
          Map.entry(413, "ContentTooLarge"),
          Map.entry(415, "UnsupportedMediaType"),
          Map.entry(422, "UnprocessableContent"),
          Map.entry(423, "Locked"),
          Map.entry(428, "PreconditionRequired"),
          Map.entry(429, "TooManyRequests"),
          Map.entry(500, "InternalServerError"),
          Map.entry(501, "NotImplemented"),
          Map.entry(502, "BadGateway"),
          Map.entry(503, "ServiceUnavailable"),
          Map.entry(504, "GatewayTimeout"));

  /// The names, none of which a schema may have.
  static Set<String> names() {
    return Set.copyOf(NAMES.values());
  }

  /// What a key of `responses` stands for; empty if it is not one status of those known here.
  static Optional<ReasonPhrase> of(String key) {
    return NAMES.entrySet().stream()
        .filter(known -> key.equals(known.getKey().toString()))
        .map(known -> new ReasonPhrase(known.getKey(), known.getValue()))
        .findFirst();
  }
}
