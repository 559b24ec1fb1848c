package dev.manyfactor.examples.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.formation.EmbeddedPostgres;
import dev.manyfactor.formation.ServiceDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a process of the service says to whoever started it.
class ProcessTests {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"web", "worker", "scheduler"})
  void processBeforeItsMigrationsEndsWithTheCodeOfAWrongConfiguration(String type)
      throws Exception {
    ServiceDatabase empty = EmbeddedPostgres.shared(18).createDatabase("never_migrated_" + type);

    Ended ended = run(empty.servingUrl(), type);

    assertThat(ended.code()).as(ended.toString()).isEqualTo(78);
    assertThat(ended.errors()).contains("migrate");
    assertThat(ended.output().lines()).isNotEmpty().allMatch(line -> line.startsWith("{"));
  }

  @Test
  void wrongPasswordIsSaidWhereTheWaitForTheDatabaseEnds() throws Exception {
    ServiceDatabase known = EmbeddedPostgres.shared(18).createDatabase("wrong_password");
    String wrong = known.servingUrl().replaceFirst(":[^:@/]+@", ":not-it@");

    Ended ended = run(wrong, "export-customers", "--tenant", "acme");

    assertThat(ended.code()).as(ended.toString()).isEqualTo(69);
    assertThat(ended.errors()).contains("password authentication failed").doesNotContain("not-it");
  }

  /// How a process ended.
  private record Ended(int code, String output, String errors) {}

  private Ended run(String database, String... arguments) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Path errors = folder.resolve("errors");
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Payments.class.getName()));
    command.addAll(List.of(arguments));
    var builder =
        new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
    builder.environment().clear();
    builder.environment().putAll(variables(database));
    Process process = builder.start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the process ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Ended(process.exitValue(), Files.readString(output), Files.readString(errors));
  }

  private static Map<String, String> variables(String database) {
    Map<String, String> variables = new HashMap<>();
    variables.put("HOST", "127.0.0.1");
    variables.put("PORT", "0");
    variables.put("DATABASE_URL", database);
    variables.put("CARDS_URL", "http://127.0.0.1:1");
    variables.put("OIDC_ISSUER", "http://127.0.0.1:1");
    variables.put("OIDC_AUDIENCE", "payments");
    variables.put("START_WAIT", "1s");
    return variables;
  }
}
