package dev.manyfactor.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.manyfactor.config.Configuration;
import dev.manyfactor.config.ConfigurationException;
import dev.manyfactor.config.Environment;
import dev.manyfactor.config.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DatabaseSettingsTests {

  @Test
  void onlyTheAddressIsRequired() {
    var configuration = new Configuration();
    var settings = configuration.declare(DatabaseSettings.PREFIX, DatabaseSettings.class);
    configuration.bind(Environment.of(Map.of("DATABASE_URL", "postgres://app:secret@db/app")));
    assertThat(settings.value())
        .isEqualTo(DatabaseSettings.of(PostgresUrl.parse("postgres://app:secret@db/app")));
    assertThat(configuration.effective().toString()).doesNotContain("secret@");
  }

  @Test
  void everySettingHasAVariable() {
    var configuration = new Configuration();
    var settings = configuration.declare(DatabaseSettings.PREFIX, DatabaseSettings.class);
    configuration.bind(
        Environment.of(
            Map.of(
                "DATABASE_URL", "postgres://app@db/app",
                "DATABASE_MIGRATION_URL", "postgres://owner@db/app",
                "DATABASE_POOL_SIZE", "3",
                "DATABASE_ACQUIRE_TIMEOUT", "1s",
                "DATABASE_CONNECT_TIMEOUT", "4s")));
    assertThat(settings.value().migrationUrl().orElseThrow().user()).isEqualTo("owner");
    assertThat(settings.value().poolSize()).isEqualTo(3);
    assertThat(settings.value().acquireTimeout()).isEqualTo(Duration.ofSeconds(1));
    assertThat(settings.value().connectTimeout()).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void mistakesAreNamedWithTheirVariableAndWithoutThePassword() {
    assertThat(problems(Map.of()))
        .singleElement()
        .asString()
        .contains("DATABASE_URL is not set", "postgres://app@localhost/app");
    assertThat(problems(Map.of("DATABASE_URL", "postgres://app:secret@db")))
        .singleElement()
        .asString()
        .contains("DATABASE_URL", "names no database")
        .doesNotContain("secret");
    assertThat(problems(Map.of("DATABASE_URL", "postgres://a@b/c", "DATABASE_POOL_SIZE", "0")))
        .singleElement()
        .asString()
        .isEqualTo("DATABASE_POOL_SIZE must be 1 to 200 but is 0");
  }

  private static List<String> problems(Map<String, String> variables) {
    var configuration = new Configuration();
    Database.declare(configuration);
    return catchThrowableOfType(
            ConfigurationException.class, () -> configuration.bind(Environment.of(variables)))
        .problems()
        .stream()
        .map(Problem::message)
        .toList();
  }
}
