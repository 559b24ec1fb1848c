package dev.manyfactor.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `java -jar payments.jar …` with nothing in the environment but a `PATH`, as by `env -i`.
class ArtifactTests {
  private static final Path CONTRACT =
      Tree.ROOT.resolve("examples/payments/src/main/contract/payments.openapi.yaml");

  @TempDir private Path folder;

  @Test
  void withoutArgumentsItListsWhatItCanDoAsTheReadmeShows() throws Exception {
    String listed = answer();
    assertThat(listed).startsWith("usage: java -jar payments.jar COMMAND");
    String commands = listed.substring(0, listed.indexOf("\nexamples\n"));
    assertThat(Tree.text(Tree.ROOT.resolve("README.md"))).contains("```\n" + commands + "```");
  }

  @Test
  void openapiPrintsTheContractByteForByte() throws Exception {
    assertThat(answer("openapi")).isEqualTo(Tree.text(CONTRACT));
  }

  @Test
  void infoSaysWhatItIsMadeOf() throws Exception {
    assertThat(answer("info"))
        .contains(
            "payments", "web", "worker", "scheduler", "export-customers", "POST /v1/payments");
    assertThat(answer("info", "--json")).startsWith("{").contains("\"payments\"", "\"web\"");
  }

  @Test
  void theSchemaOfItsSettingsNamesTheirVariables() throws Exception {
    assertThat(answer("config", "--schema"))
        .startsWith("{")
        .contains("\"$schema\"", "\"DATABASE_URL\"", "\"CARDS_URL\"", "\"OIDC_ISSUER\"");
  }

  @Test
  void formationsTestsReadTheVeryOutputOfItsSettings() throws Exception {
    Path kept =
        Tree.ROOT.resolve(
            "formation/src/test/resources/dev/manyfactor/formation/payments.config.schema.json");
    assertThat(answer("config", "--schema"))
        .as("write what it prints to %s", kept)
        .isEqualTo(Tree.text(kept));
  }

  @Test
  void aProcessSaysEverythingThatItMissesAndEndsWith78() throws Exception {
    Ended web = run("web");
    assertThat(web.exitCode()).isEqualTo(78);
    assertThat(web.errors()).contains("DATABASE_URL is not set", "CARDS_URL is not set");
    assertThat(web.errors()).contains("OIDC_ISSUER is not set", "OIDC_AUDIENCE is not set");
  }

  private record Ended(int exitCode, String output, String errors) {}

  private String answer(String... arguments) throws Exception {
    Ended ended = run(arguments);
    assertThat(ended.exitCode()).as(ended.errors()).isZero();
    assertThat(ended.errors()).isEmpty();
    return ended.output();
  }

  private Ended run(String... arguments) throws IOException, InterruptedException {
    Path jar = Tree.built("examples/payments/target/payments/payments.jar");
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command = new ArrayList<>(List.of(java.toString(), "-jar", jar.toString()));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile(folder, "output", ".txt");
    Path errors = Files.createTempFile(folder, "errors", ".txt");
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", String.valueOf(java.getParent()));
    Process process = builder.start();
    assertThat(process.waitFor(Await.LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), Tree.text(output), Tree.text(errors));
  }
}
