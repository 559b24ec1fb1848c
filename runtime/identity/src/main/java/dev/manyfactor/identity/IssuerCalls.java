package dev.manyfactor.identity;

import dev.manyfactor.config.Configured;
import dev.manyfactor.resilience.Reply;
import dev.manyfactor.resilience.Request;
import dev.manyfactor.resilience.TimeAndChance;
import dev.manyfactor.resilience.Upstream;
import dev.manyfactor.resilience.UpstreamSettings;
import io.opentelemetry.api.OpenTelemetry;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Calls to the addresses that an issuer names, which may be on several hosts. Safe on many
/// threads.
final class IssuerCalls implements AutoCloseable {
  private static final String NAME = "oidc";
  private static final int MAX_RESPONSE_BYTES = 256 << 10;
  private static final int MOST_UPSTREAMS = 8;

  private final OpenTelemetry openTelemetry;
  private final TimeAndChance timeAndChance;
  private final Duration timeout;
  private final Map<Key, Upstream> upstreams = new ConcurrentHashMap<>();

  IssuerCalls(OpenTelemetry openTelemetry, TimeAndChance timeAndChance, Duration timeout) {
    this.openTelemetry = openTelemetry;
    this.timeAndChance = timeAndChance;
    this.timeout = timeout;
  }

  /// One upstream for each origin and number of attempts.
  private record Key(URI origin, int attempts) {

    static Key of(URI address, int attempts) {
      return new Key(URI.create(address.getScheme() + "://" + address.getRawAuthority()), attempts);
    }
  }

  /// Reads what is at `address`, query included; one attempt, because who calls knows when to try
  /// again, and an unknown key must not cause more than one fetch.
  Reply get(URI address) {
    return withQuery(at(Key.of(address, 1)).get(pathOf(address)), address).send();
  }

  /// A request to post to `address`, of two attempts if it is repeatable.
  Request post(URI address) {
    return withQuery(at(Key.of(address, 2)).post(pathOf(address)), address);
  }

  private static String pathOf(URI address) {
    return Optional.ofNullable(address.getRawPath()).orElse("");
  }

  private static Request withQuery(Request request, URI address) {
    String query = address.getRawQuery();
    if (query != null) {
      for (String pair : query.split("&", -1)) {
        String[] parts = pair.split("=", 2);
        request.query(decoded(parts[0]), parts.length == 2 ? decoded(parts[1]) : "");
      }
    }
    return request;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private Upstream at(Key key) {
    if (upstreams.size() >= MOST_UPSTREAMS && !upstreams.containsKey(key)) {
      close(); // an issuer that keeps moving
    }
    return upstreams.computeIfAbsent(key, this::upstream);
  }

  private Upstream upstream(Key key) {
    var settings =
        new UpstreamSettings(
            key.origin(),
            timeout,
            timeout,
            timeout,
            key.attempts(),
            MAX_RESPONSE_BYTES,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return Upstream.of(NAME, Configured.of(settings))
        .open(openTelemetry, Optional.empty(), timeAndChance);
  }

  @Override
  public void close() {
    upstreams.values().forEach(Upstream::close);
    upstreams.clear();
  }
}
