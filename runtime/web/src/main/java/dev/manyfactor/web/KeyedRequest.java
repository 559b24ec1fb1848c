package dev.manyfactor.web;

import dev.manyfactor.context.Context;
import dev.manyfactor.idempotency.Fingerprint;
import dev.manyfactor.idempotency.IdempotencyKey;
import dev.manyfactor.json.Violation;
import java.util.List;
import java.util.Optional;

/// A request that changes something: what makes it the same request when it comes again.
final class KeyedRequest {
  private static final String HEADER = "Idempotency-Key";

  private final Incoming incoming;
  private final Context context;
  private final Received body;

  KeyedRequest(Incoming incoming, Context context, Received body) {
    this.incoming = incoming;
    this.context = context;
    this.body = body;
  }

  Context context() {
    return context;
  }

  Operation operation() {
    return incoming.route().operation();
  }

  /// Whether the contract asks for a key.
  boolean isKeyed() {
    return operation().idempotent() instanceof Idempotent.Keyed;
  }

  /// The key that came with the request.
  ///
  /// @throws Refused with 400 if there is none, or none that is good
  IdempotencyKey key() {
    List<String> values = incoming.request().getHeaders().getValuesList(HEADER);
    if (values.isEmpty()) {
      throw Fault.IDEMPOTENCY_KEY_MISSING.refused("the header " + HEADER + " is missing");
    }
    if (values.size() > 1) {
      throw Fault.IDEMPOTENCY_KEY_INVALID.refused(
          "the header %s is there %d times; send one key".formatted(HEADER, values.size()));
    }
    try {
      return IdempotencyKey.parse(values.getFirst());
    } catch (IllegalArgumentException rule) {
      throw Fault.IDEMPOTENCY_KEY_INVALID.refused(String.valueOf(rule.getMessage()));
    }
  }

  /// What is wrong with the key, for a request that breaks other rules too.
  Optional<Violation> violation() {
    if (!isKeyed()) {
      return Optional.empty();
    }
    try {
      key();
      return Optional.empty();
    } catch (Refused noKey) {
      boolean isThere = incoming.header(HEADER).isPresent();
      return Optional.of(
          new Violation(
              "header.idempotency-key",
              isThere ? "format" : "required",
              isThere ? "must be one key of 16 to 128 characters" : "must be given"));
    }
  }

  /// A digest of operation, path, query, content type and body, all as they came; of a form its
  /// parts, without the boundary between them.
  Fingerprint fingerprint() {
    String query = incoming.query();
    return Fingerprint.of(
        body.identity(),
        operation().id(),
        incoming.path(),
        query == null ? "" : query,
        body.mediaType(incoming.header("Content-Type").orElse("")));
  }
}
