package dev.manyfactor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MfTests {
  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void helpAndVersionGoToStandardOutput() {
    assertThat(mf("--help")).isZero();
    assertThat(text(out)).contains("Examples:", "mf up examples/payments", "Exit codes:");
    assertThat(text(err)).isEmpty();
    for (String verb :
        new String[] {"up", "token", "run", "config", "openapi", "info", "completion"}) {
      assertThat(mf(verb, "--help")).as(verb).isZero();
    }
    out.reset();
    assertThat(mf("--version")).isZero();
    assertThat(text(out)).startsWith("mf ").contains("Java 25");
  }

  @Test
  void wrongUsageNamesTheMistakeAndTheHelpOnStandardError() {
    assertThat(mf("upp")).isEqualTo(64);
    assertThat(text(err))
        .isEqualTo(
            "mf: Unmatched argument at index 0: 'upp'; did you mean \"up\"?; see `mf --help`\n");
    assertThat(text(out)).isEmpty();
    err.reset();
    assertThat(mf()).isEqualTo(64);
    assertThat(mf("token")).isEqualTo(64);
    assertThat(text(err)).contains("--tenant").contains("see `mf token --help`");
    err.reset();
    assertThat(mf("up", "--port", "0")).isEqualTo(64);
    assertThat(text(err)).contains("--port must be 1 to 65535, but is 0");
  }

  @Test
  void everythingThatIsWrongWithACommandLineIsSaidAtOnce() {
    String[] wrong = {
      "up",
      "--port",
      "junk",
      "--only",
      ",web",
      "--database",
      "mysql://me:hidden@x",
      "--frsh",
      "a",
      "b"
    };
    assertThat(mf(wrong)).isEqualTo(64);
    assertThat(text(err))
        .startsWith("mf: 4 things are wrong with the command line; see `mf up --help`\n")
        .contains("  --port must be 1 to 65535, but is junk\n")
        .contains("  --only must name process types, for example web or cards.web\n")
        .contains("  --database must begin with postgres://; write it as postgres://ROLE@HOST")
        .contains("Unknown options: '--frsh', 'b'; did you mean \"--fresh\"?\n")
        .doesNotContain("hidden");
    err.reset();
    assertThat(mf("token", "--tenat", "acme")).isEqualTo(64);
    assertThat(text(err)).contains("2 things", "--tenat", "Missing required option");
  }

  @Test
  void aFolderThatIsNoServiceIsNamedWithTheRemedy() {
    assertThat(mf("up", folder.toString())).isEqualTo(64);
    assertThat(text(err))
        .isEqualTo(
            "mf: %s holds neither manyfactor.yaml nor Procfile; give the folder of a service, or write one of them there, for example a Procfile with the line `web: node server.js`\n"
                .formatted(folder));
  }

  @Test
  void everyProblemOfAManifestIsPrintedWithItsLine() throws Exception {
    Files.writeString(folder.resolve("manyfactor.yaml"), "name: A\nruntime: java 25\n");
    assertThat(mf("up", folder.toString())).isEqualTo(78);
    assertThat(text(err))
        .contains("has 2 problems; correct it and start again")
        .contains("  manyfactor.yaml:1:7: name: must be a name")
        .contains("  manyfactor.yaml:1:1: \"processes\" is missing");
  }

  @Test
  void aTaskThatDoesNotExistNamesThoseThatDo() throws Exception {
    Files.writeString(
        folder.resolve("manyfactor.yaml"),
        "name: a\nruntime: java 25\nprocesses: {web: ./web}\ntasks: {export: ./export}\n");
    assertThat(mf("run", folder.toString(), "exprot")).isEqualTo(64);
    assertThat(text(err))
        .isEqualTo(
            "mf: a has no task \"exprot\"; did you mean \"export\"?; its tasks are: export\n");
  }

  @Test
  void aServiceThatIsNotBuiltCannotBeAskedYet() throws Exception {
    Files.writeString(
        folder.resolve("manyfactor.yaml"),
        "name: a\nruntime: java 25\nprocesses: {web: {}}\nbuild: {command: make, artifact: target/a.jar}\n");
    assertThat(mf("config", folder.toString(), "--schema")).isEqualTo(69);
    assertThat(text(err)).contains("there is no").contains("build it with `mf up");
  }

  @Test
  void completionIsAScript() {
    assertThat(mf("completion")).isZero();
    assertThat(text(out)).contains("_complete_mf");
  }

  private int mf(String... arguments) {
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            false);
    return Mf.commandLine(terminal).execute(arguments);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
