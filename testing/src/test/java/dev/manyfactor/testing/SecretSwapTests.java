package dev.manyfactor.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.config.Environment;
import dev.manyfactor.database.Database;
import dev.manyfactor.database.DatabaseUnavailableException;
import dev.manyfactor.formation.EmbeddedPostgres;
import dev.manyfactor.formation.ServiceDatabase;
import dev.manyfactor.service.ProcessType;
import dev.manyfactor.service.RunningService;
import dev.manyfactor.service.Service;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A password that is changed while a service runs.
class SecretSwapTests {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private final AtomicReference<Database> database = new AtomicReference<>();
  private final Service keeper = Service.of("keeper", service -> database.set(service.database()));

  @Test
  void newPasswordOfTheDatabaseIsUsedWithoutARestart() throws Exception {
    ServiceDatabase place = EmbeddedPostgres.shared(18).createDatabase("password_changes");
    Path file = Files.writeString(folder.resolve("database-url"), place.servingUrl());
    migrate(place);
    try (RunningService running = keeper.start(ProcessType.ALL, environment(file))) {
      running.awaitReady(PATIENCE);
      String before = place.servingUrl().replaceFirst(".*:([^:@/]+)@.*", "$1");
      changePassword(place, before + "-changed");
      assertThat(connects()).isFalse();

      Path next = folder.resolve("next");
      Files.writeString(next, place.servingUrl().replace(before, before + "-changed"));
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
      Instant late = Instant.now().plus(PATIENCE);
      while (!connects() && Instant.now().isBefore(late)) {
        Thread.sleep(50);
      }
      assertThat(connects()).isTrue();
    }
  }

  private void migrate(ServiceDatabase place) {
    var said = new ByteArrayOutputStream();
    var stream = new PrintStream(said, true, StandardCharsets.UTF_8);
    var environment =
        Environment.of(
            Map.of("DATABASE_URL", place.servingUrl(), "DATABASE_MIGRATION_URL", place.ownerUrl()));
    assertThat(keeper.run(List.of("migrate"), environment, stream, stream))
        .as(said.toString(StandardCharsets.UTF_8))
        .isZero();
  }

  private static Environment environment(Path file) {
    return Environment.of(
        Map.of(
            "DATABASE_URL_FILE", file.toString(),
            "HOST", "127.0.0.1",
            "MANAGEMENT_PORT", "0",
            "LOG_LEVEL", "warn",
            "DRAIN_DELAY", "0s"));
  }

  /// A role may change its own password.
  private void changePassword(ServiceDatabase place, String password) throws SQLException {
    try (Connection connection = database.get().connect("change");
        var statement = connection.createStatement()) {
      statement.execute("alter role " + place.name() + " password '" + password + "'");
    }
  }

  private boolean connects() throws SQLException {
    try (Connection connection = database.get().connect("probe")) {
      return connection.isValid(5);
    } catch (DatabaseUnavailableException refused) {
      return false;
    }
  }
}
