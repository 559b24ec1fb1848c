package dev.manyfactor.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.config.Configured;
import io.opentelemetry.api.OpenTelemetry;
import java.util.function.BooleanSupplier;

/// An issuer's verifier and all that belongs to it.
final class Verifiers implements AutoCloseable {
  final TestTime time = new TestTime();
  final Issuer trusted;
  final TokenVerifier verifier;

  private Verifiers(OidcSettings settings) {
    trusted = Issuer.of(Configured.of(settings)).open(OpenTelemetry.noop(), time.timeAndChance());
    verifier = TokenVerifier.start(trusted);
  }

  static Verifiers starting(OidcSettings settings) {
    return new Verifiers(settings);
  }

  static Verifiers ready(OidcSettings settings) {
    var started = starting(settings);
    until(started.verifier::isReady);
    return started;
  }

  Verification verify(String token) {
    return verifier.verify("Bearer " + token);
  }

  void accepts(String token) {
    assertThat(verify(token)).isInstanceOf(Verification.Accepted.class);
  }

  void rejects(String token) {
    assertThat(verify(token)).isInstanceOf(Verification.Rejected.class);
  }

  /// Waits until something holds; JUnit's timeout ends a wait in vain.
  static void until(BooleanSupplier holds) {
    while (!holds.getAsBoolean()) {
      try {
        Thread.sleep(5);
      } catch (InterruptedException stopping) {
        throw new IllegalStateException(stopping);
      }
    }
  }

  @Override
  public void close() {
    verifier.close();
    trusted.close();
  }
}
