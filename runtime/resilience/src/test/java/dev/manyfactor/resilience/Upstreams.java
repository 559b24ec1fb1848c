package dev.manyfactor.resilience;

import dev.manyfactor.config.Configured;
import io.opentelemetry.api.OpenTelemetry;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// Upstreams for tests, patient unless a test is about a bound.
final class Upstreams {
  static final Duration PATIENT = Duration.ofSeconds(20);
  static final Duration SHORT = Duration.ofMillis(500);

  private Upstreams() {}

  static Upstream open(UpstreamSettings settings) {
    return new Upstream("cards", Configured.of(settings), true).open(OpenTelemetry.noop());
  }

  static Upstream open(UpstreamSettings settings, Credentials credentials) {
    return new Upstream("cards", Configured.of(settings), true)
        .open(OpenTelemetry.noop(), Optional.of(credentials), TimeAndChance.ofSystem());
  }

  static UpstreamSettings settings(URI url, int attempts) {
    return settings(url, attempts, PATIENT, PATIENT);
  }

  static UpstreamSettings settings(URI url, int attempts, Duration attempt, Duration total) {
    return new UpstreamSettings(
        url,
        PATIENT,
        attempt,
        total,
        attempts,
        4096,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
