package dev.manyfactor.formation;

import com.nimbusds.jwt.JWTClaimsSet;
import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

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

  /// What is signed: `iss sub aud exp iat nbf jti tenant scope`.
  ///
  /// @param issuer the value of `iss`
  public JWTClaimsSet issued(URI issuer, Instant from, Instant until) {
    return new JWTClaimsSet.Builder()
        .issuer(issuer.toString())
        .subject(subject)
        .audience(audience)
        .issueTime(Date.from(from))
        .notBeforeTime(Date.from(from))
        .expirationTime(Date.from(until))
        .jwtID(UUID.randomUUID().toString())
        .claim("tenant", tenant)
        .claim("scope", String.join(" ", new TreeSet<>(scopes)))
        .build();
  }
}
