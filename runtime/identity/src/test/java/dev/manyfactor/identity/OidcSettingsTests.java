package dev.manyfactor.identity;

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
import org.junit.jupiter.params.provider.ValueSource;

class OidcSettingsTests {
  private static final Map<String, String> ENOUGH =
      Map.of("OIDC_ISSUER", "https://login.example.com/", "OIDC_AUDIENCE", "payments");

  @Test
  void issuerAndAudienceAreEnough() {
    OidcSettings settings = bind(ENOUGH);
    assertThat(settings.leeway()).isEqualTo(Duration.ofMinutes(1));
    assertThat(settings.algorithms()).containsExactly(Algorithm.RS256, Algorithm.ES256);
    assertThat(settings.keyRefresh()).isEqualTo(Duration.ofMinutes(5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"OIDC_ISSUER", "OIDC_AUDIENCE"})
  void thereIsNoStartWithoutThem(String missing) {
    var variables = new HashMap<>(ENOUGH);
    variables.remove(missing);
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> bind(variables))
        .withMessageContaining(missing);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:9000", "http://127.0.0.1:9000", "http://[::1]:9000"})
  void anIssuerOnThisMachineNeedsNoTls(String issuer) {
    assertThat(bind(with("OIDC_ISSUER", issuer)).issuer()).hasToString(issuer);
  }

  @ParameterizedTest
  @CsvSource({
    "OIDC_ISSUER, http://login.example.com, 'OIDC_ISSUER must start with https://'",
    "OIDC_ISSUER, http://localhost.example.com, 'OIDC_ISSUER must start with https://'",
    "OIDC_ISSUER, https://me:pass@login.example.com, 'OIDC_ISSUER must start with https://'",
    "OIDC_ISSUER, https://login.example.com?x=1, OIDC_ISSUER must end with its path",
    "OIDC_AUDIENCE, ' ', OIDC_AUDIENCE is set but empty",
    "OIDC_LEEWAY, 10m, OIDC_LEEWAY must be 0s to 5m",
    "OIDC_ALGORITHMS, none, OIDC_ALGORITHMS",
    "OIDC_ALGORITHMS, 'RS256,HS256', OIDC_ALGORITHMS",
    "OIDC_KEY_REFRESH, 0s, OIDC_KEY_REFRESH must be 1s to 24h",
    "OIDC_TIMEOUT, 2m, OIDC_TIMEOUT must be more than 0s and at most 1m",
  })
  void aValueThatCannotHoldIsNamed(String variable, String value, String message) {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> bind(with(variable, value)))
        .withMessageContaining(message)
        .withMessageNotContaining("me:pass");
  }

  private static Map<String, String> with(String variable, String value) {
    var variables = new HashMap<>(ENOUGH);
    variables.put(variable, value);
    return variables;
  }

  private static OidcSettings bind(Map<String, String> variables) {
    var configuration = new Configuration();
    var settings = configuration.declare("OIDC", OidcSettings.class);
    configuration.bind(Environment.of(variables));
    return settings.value();
  }
}
