package dev.manyfactor.identity;

import dev.manyfactor.config.Default;
import dev.manyfactor.config.Description;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Whose tokens are trusted, and for what.
///
/// @param issuer the OpenID provider, exactly as its tokens name it in `iss`: `https`, or `http` on
///   this machine
/// @param audience what `aud` must contain: the name of this service at the provider
/// @param leeway how far the provider's clock may be off, at most five minutes
/// @param algorithms which signatures are accepted, at least one
/// @param keyRefresh how often the provider's keys are fetched again, a second to a day
/// @param timeout for one fetch from the provider, at most a minute
@Description("whose tokens are trusted")
public record OidcSettings(
    @Description(
            value = "the issuer of tokens, as their iss claim names it",
            example = "https://login.example.com")
        URI issuer,
    @Description(value = "the name of this service at the issuer", example = "payments")
        String audience,
    @Default("60s") @Description("how far the issuer's clock may be off") Duration leeway,
    @Default("RS256,ES256") @Description("the signatures to accept") List<Algorithm> algorithms,
    @Default("5m") @Description("how often to fetch the issuer's keys again") Duration keyRefresh,
    @Default("5s") @Description("how long one fetch from the issuer may take") Duration timeout) {

  private static final Duration MOST_LEEWAY = Duration.ofMinutes(5);
  private static final Duration LEAST_REFRESH = Duration.ofSeconds(1);
  private static final Duration MOST_REFRESH = Duration.ofDays(1);
  private static final Duration LONGEST_FETCH = Duration.ofMinutes(1);

  public OidcSettings {
    algorithms = List.copyOf(algorithms);
    var wrong = new ArrayList<String>();
    if (!Endpoint.isTrustworthy(issuer)) {
      wrong.add("issuer must start with https://, or with http:// and localhost or 127.0.0.1");
    } else if (issuer.getRawQuery() != null || issuer.getRawFragment() != null) {
      wrong.add("issuer must end with its path, without ? or #");
    }
    if (audience.isBlank()) {
      wrong.add("audience must not be blank");
    }
    if (leeway.isNegative() || leeway.compareTo(MOST_LEEWAY) > 0) {
      wrong.add("leeway must be 0s to 5m but is " + leeway);
    }
    if (algorithms.isEmpty()) {
      wrong.add("algorithms must name at least one");
    }
    if (keyRefresh.compareTo(LEAST_REFRESH) < 0 || keyRefresh.compareTo(MOST_REFRESH) > 0) {
      wrong.add("keyRefresh must be 1s to 24h but is " + keyRefresh);
    }
    if (!timeout.isPositive() || timeout.compareTo(LONGEST_FETCH) > 0) {
      wrong.add("timeout must be more than 0s and at most 1m but is " + timeout);
    }
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", wrong));
    }
  }
}
