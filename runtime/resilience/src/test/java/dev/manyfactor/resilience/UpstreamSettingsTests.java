package dev.manyfactor.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.manyfactor.config.Configuration;
import dev.manyfactor.config.ConfigurationException;
import dev.manyfactor.config.Environment;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpstreamSettingsTests {

  @Test
  void anAddressIsEnough() {
    UpstreamSettings settings = bind(Map.of("CARDS_URL", "https://cards.example.com/v1"));
    assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(1));
    assertThat(settings.attemptTimeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.attempts()).isEqualTo(2);
    assertThat(settings.maxResponseBytes()).isEqualTo(1 << 20);
  }

  @ParameterizedTest
  @CsvSource({
    "CARDS_URL, ftp://cards, CARDS_URL must start with http:// or https:// and a host",
    "CARDS_URL, http://me:pass@cards, CARDS_URL must hold no user and password; use CARDS_CLIENT_ID and CARDS_CLIENT_SECRET",
    "CARDS_URL, http://cards?x=1, 'CARDS_URL must end with its path, without ? or #'",
    "CARDS_TIMEOUT, 0s, CARDS_TIMEOUT must be more than 0s and at most 1h",
    "CARDS_ATTEMPT_TIMEOUT, 2h, CARDS_ATTEMPT_TIMEOUT must be more than 0s and at most 1h",
    "CARDS_ATTEMPTS, 0, CARDS_ATTEMPTS must be 1 to 10 but is 0",
    "CARDS_MAX_RESPONSE_BYTES, 1, CARDS_MAX_RESPONSE_BYTES must be 1024 to 67108864 but is 1",
    "CARDS_CLIENT_ID, 'payments', CARDS_CLIENT_ID and CARDS_CLIENT_SECRET belong together",
    "CARDS_SCOPE, charges, 'CARDS_SCOPE and CARDS_AUDIENCE are for asking for a token, but CARDS_CLIENT_ID is not set'",
  })
  void aValueThatCannotHoldIsNamed(String variable, String value, String message) {
    var variables = new HashMap<>(Map.of("CARDS_URL", "http://localhost:1"));
    variables.put(variable, value);
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> bind(variables))
        .withMessageContaining(message)
        .withMessageNotContaining("me:pass");
  }

  private static UpstreamSettings bind(Map<String, String> variables) {
    var configuration = new Configuration();
    var settings = configuration.declare("CARDS", UpstreamSettings.class);
    configuration.bind(Environment.of(variables));
    return settings.value();
  }
}
