package dev.manyfactor.identity;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.manyfactor.context.Caller;
import dev.manyfactor.context.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Whether a genuine token is valid now and here, and what it says (RFC 7519, section 4.1; RFC
/// 9068, section 4).
///
/// Immutable, safe on many threads.
final class ClaimsCheck {
  static final String INVALID = "the token is not valid for this service";
  private static final String EXPIRED = "the token has expired";

  private final String issuer;
  private final String audience;
  private final Duration leeway;

  ClaimsCheck(OidcSettings settings) {
    this.issuer = settings.issuer().toString();
    this.audience = settings.audience();
    this.leeway = settings.leeway();
  }

  Verification check(JWTClaimsSet claims, Instant now) {
    if (!issuer.equals(claims.getIssuer())) {
      return invalid("iss is " + shown(claims.getIssuer()) + ", not OIDC_ISSUER");
    }
    if (!claims.getAudience().contains(audience)) {
      return invalid("aud is " + shown(claims.getAudience()) + ", without OIDC_AUDIENCE");
    }
    Date expiry = claims.getExpirationTime();
    if (expiry == null) {
      return invalid("exp is missing");
    }
    if (!now.isBefore(expiry.toInstant().plus(leeway))) {
      return new Verification.Rejected(EXPIRED, "exp is " + expiry.toInstant());
    }
    Date start = claims.getNotBeforeTime();
    if (start != null && now.isBefore(start.toInstant().minus(leeway))) {
      return invalid("nbf is " + start.toInstant());
    }
    return accept(claims, expiry.toInstant());
  }

  private Verification accept(JWTClaimsSet claims, Instant expiresAt) {
    if (!(claims.getClaim("sub") instanceof String subject) || subject.isBlank()) {
      return invalid("sub is missing");
    }
    Optional<Set<String>> scopes = scopes(claims.getClaim("scope"));
    if (scopes.isEmpty()) {
      return invalid("scope is neither a text nor a list of texts");
    }
    var caller = new Caller(subject, scopes.get());
    return switch (claims.getClaim("tenant")) {
      case null -> new Verification.Accepted(caller, Optional.empty(), expiresAt);
      case String tenant -> accept(caller, tenant, expiresAt);
      default -> invalid("tenant is not a text");
    };
  }

  private static Verification accept(Caller caller, String tenant, Instant expiresAt) {
    try {
      return new Verification.Accepted(caller, Optional.of(new Tenant(tenant)), expiresAt);
    } catch (IllegalArgumentException unfit) {
      return invalid("tenant is " + shown(tenant));
    }
  }

  /// The scopes of a space-separated text (RFC 9068, section 2.2.3) or of a list, as some providers
  /// have it; empty if the claim is neither.
  private static Optional<Set<String>> scopes(@Nullable Object claim) {
    return switch (claim) {
      case null -> Optional.of(Set.of());
      case String text -> Optional.of(words(List.of(text.split(" ", -1))));
      case List<?> list when list.stream().allMatch(String.class::isInstance) ->
          Optional.of(words(list.stream().map(String.class::cast).toList()));
      default -> Optional.empty();
    };
  }

  private static Set<String> words(List<String> words) {
    return words.stream().filter(word -> !word.isBlank()).collect(Collectors.toUnmodifiableSet());
  }

  private static Verification invalid(String detail) {
    return new Verification.Rejected(INVALID, detail);
  }

  private static String shown(@Nullable Object value) {
    return Shown.quoted(String.valueOf(value));
  }
}
