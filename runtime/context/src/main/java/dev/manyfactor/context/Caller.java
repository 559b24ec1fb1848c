package dev.manyfactor.context;

import java.util.Set;

/// Who asks, as an identity provider has vouched for it.
///
/// @param subject the stable identifier of the user or client (the `sub` claim), never the id of a
///   token
/// @param scopes what the caller has been granted (RFC 6749, section 3.3)
public record Caller(String subject, Set<String> scopes) {

  public Caller {
    if (subject.isBlank()) {
      throw new IllegalArgumentException("a caller's subject must not be blank");
    }
    scopes = Set.copyOf(scopes);
  }

  /// Whether every one of these scopes has been granted.
  public boolean has(Set<String> required) {
    return scopes.containsAll(required);
  }
}
