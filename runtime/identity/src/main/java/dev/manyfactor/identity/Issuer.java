package dev.manyfactor.identity;

import com.nimbusds.jose.jwk.JWKSet;
import dev.manyfactor.config.Configuration;
import dev.manyfactor.config.Configured;
import dev.manyfactor.resilience.Reply;
import dev.manyfactor.resilience.TimeAndChance;
import dev.manyfactor.resilience.UpstreamException;
import io.opentelemetry.api.OpenTelemetry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The OpenID provider that this service trusts: where its keys and its tokens are.
///
/// Declared while the program is composed, opened once the configuration is bound:
///
/// ```java
/// Issuer issuer = Issuer.declare(configuration);          // OIDC_ISSUER, OIDC_AUDIENCE, …
/// configuration.bind(Environment.ofProcess());
/// issuer.open(openTelemetry);
/// TokenVerifier verifier = TokenVerifier.start(issuer);
/// ```
///
/// Everything it fetches is bounded in time and size; what the provider says about itself is
/// believed only if it names itself as configured, and kept while it cannot be asked. Safe on many
/// threads.
public final class Issuer implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofSeconds(10); // between questions without answer

  private final Configured<OidcSettings> settings;
  private volatile @Nullable Open open;
  private volatile @Nullable Known known;

  /// What exists once the configuration is bound.
  private record Open(IssuerCalls calls, TimeAndChance timeAndChance) {}

  /// @param at when it was fetched, on the clock that never goes back
  private record Known(Discovery discovery, long at) {}

  private Issuer(Configured<OidcSettings> settings) {
    this.settings = settings;
  }

  /// An issuer whose settings are `OIDC_ISSUER`, `OIDC_AUDIENCE` and so on.
  public static Issuer declare(Configuration configuration) {
    return new Issuer(configuration.declare("OIDC", OidcSettings.class));
  }

  /// An issuer with settings from elsewhere.
  public static Issuer of(Configured<OidcSettings> settings) {
    return new Issuer(settings);
  }

  /// Makes fetches possible; fetches nothing yet.
  public Issuer open(OpenTelemetry openTelemetry) {
    return open(openTelemetry, TimeAndChance.ofSystem());
  }

  /// Makes fetches possible; fetches nothing yet.
  ///
  /// @throws IllegalStateException if it is open already, or its settings are not bound
  public synchronized Issuer open(OpenTelemetry openTelemetry, TimeAndChance timeAndChance) {
    if (open != null) {
      throw new IllegalStateException("the issuer is open already");
    }
    Duration timeout = settings().timeout();
    open = new Open(new IssuerCalls(openTelemetry, timeAndChance, timeout), timeAndChance);
    return this;
  }

  OidcSettings settings() {
    return settings.value();
  }

  TimeAndChance timeAndChance() {
    return opened().timeAndChance();
  }

  IssuerCalls calls() {
    return opened().calls();
  }

  /// What the provider says about itself, at most as old as `keyRefresh`, or older while it cannot
  /// be asked.
  ///
  /// @throws UpstreamException if it has never been asked with success and cannot be asked now
  Discovery discovery() {
    Known before = known;
    if (before != null && now() - before.at() < keptFor()) {
      return before.discovery();
    }
    try {
      Discovery fetched = fetchDiscovery();
      known = new Known(fetched, now());
      return fetched;
    } catch (UpstreamException unavailable) {
      if (before == null) {
        throw unavailable;
      }
      known = new Known(before.discovery(), now() - keptFor() + PAUSE.toNanos());
      return before.discovery();
    }
  }

  /// The keys that the provider publishes now.
  ///
  /// @throws UpstreamException if they cannot be had
  JWKSet fetchKeys() {
    Discovery discovery = discovery();
    try {
      return parseKeys(calls().get(URI.create(discovery.keys())));
    } catch (UpstreamException unavailable) {
      known =
          new Known(discovery, now() - keptFor()); // perhaps they have moved: ask where next time
      throw unavailable;
    }
  }

  private static JWKSet parseKeys(Reply reply) {
    if (!reply.isSuccess()) {
      throw reply.unusable("answered " + reply.status() + " instead of keys");
    }
    try {
      return JWKSet.parse(new String(reply.bytes(), StandardCharsets.UTF_8));
    } catch (ParseException | IllegalArgumentException | IllegalStateException unreadable) {
      throw reply.unusable("answered with something that is not a set of keys (RFC 7517)");
    }
  }

  private Discovery fetchDiscovery() {
    String issuer = settings().issuer().toString();
    String root = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    Reply reply = calls().get(URI.create(root + "/.well-known/openid-configuration"));
    Discovery discovery = reply.body(Discovery.CODEC);
    if (!discovery.issuer().equals(issuer)) {
      throw reply.unusable(
          "calls itself %s, but OIDC_ISSUER is %s; set OIDC_ISSUER to exactly what it calls itself"
              .formatted(Shown.quoted(discovery.issuer()), Shown.quoted(issuer)));
    }
    refuseUntrustworthy(reply, "jwks_uri", discovery.keys());
    discovery.token().ifPresent(token -> refuseUntrustworthy(reply, "token_endpoint", token));
    return discovery;
  }

  private void refuseUntrustworthy(Reply reply, String name, String address) {
    if (!Endpoint.isAsTrustworthy(address, settings().issuer())) {
      throw reply.unusable(
          "names the %s %s, which is not https".formatted(name, Shown.quoted(address)));
    }
  }

  private long keptFor() {
    return settings().keyRefresh().toNanos();
  }

  private long now() {
    return opened().timeAndChance().nanoTime().getAsLong();
  }

  private Open opened() {
    Open current = open;
    if (current == null) {
      throw new IllegalStateException(
          "the issuer is not open; call Issuer.open once the configuration is bound");
    }
    return current;
  }

  /// Ends every fetch and connection.
  @Override
  public synchronized void close() {
    Optional.ofNullable(open).ifPresent(current -> current.calls().close());
  }
}
