package dev.manyfactor.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.manyfactor.config.Configuration;
import dev.manyfactor.config.Configured;
import dev.manyfactor.config.Environment;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TelemetrySettingsTests {

  private static TelemetrySettings settings(Map<String, String> environment) {
    var configuration = new Configuration();
    Configured<TelemetrySettings> settings = configuration.declare("", TelemetrySettings.class);
    configuration.bind(Environment.of(environment));
    return settings.value();
  }

  @ParameterizedTest
  @CsvSource({"debug, DEBUG", "ERROR, ERROR"})
  void theLevelComesFromTheEnvironment(String text, LogLevel level) {
    assertThat(settings(Map.of("LOG_LEVEL", text)).logLevel()).isEqualTo(level);
  }

  @Test
  void theLevelIsInfoUnlessSaidOtherwise() {
    assertThat(settings(Map.of()).logLevel()).isEqualTo(LogLevel.INFO);
  }

  @Test
  void aLevelThatThereIsNotIsRefusedWithThoseThatThereAre() {
    assertThatThrownBy(() -> settings(Map.of("LOG_LEVEL", "loud")))
        .hasMessageContaining("LOG_LEVEL must be one of trace, debug, info, warn, error, off");
  }
}
