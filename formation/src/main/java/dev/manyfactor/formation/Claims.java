package dev.manyfactor.formation;

import java.util.Set;

/// What a token says beside who issued it and until when.
///
/// @param subject who it is about (`sub`)
/// @param audience which service it is for (`aud`)
/// @param tenant whose data it opens (`tenant`)
/// @param scopes what it allows (`scope`)
public record Claims(String subject, String audience, String tenant, Set<String> scopes) {
  /// Copies the scopes and refuses empty words.
  public Claims {
    scopes = Set.copyOf(scopes);
    if (subject.isBlank() || audience.isBlank() || tenant.isBlank()) {
      throw new IllegalArgumentException(
          "a token needs a subject, an audience and a tenant, but has subject \"%s\", audience \"%s\", tenant \"%s\""
              .formatted(subject, audience, tenant));
    }
  }
}
