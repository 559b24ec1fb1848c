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
        new String[] {
          "up", "prove", "token", "run", "jobs", "config", "openapi", "info", "completion"
        }) {
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
            "mf: there is no verb \"upp\"; did you mean \"up\"?; the verbs are up, prove, chaos, token,"
                + " run, jobs, config, openapi, info, completion; see `mf --help`\n");
    assertThat(text(out)).isEmpty();
    err.reset();
    assertThat(mf()).isEqualTo(64);
    assertThat(text(err))
        .startsWith("mf: no verb is given; the verbs are up, prove, chaos, token, ");
    assertRefused("--tenant T must be given; see `mf token --help`", "token");
    assertRefused(
        "--port must be 1 to 65535, but is \"0\"; see `mf up --help`", "up", "--port", "0");
    assertRefused("--port needs a value: --port N; see `mf up --help`", "up", "--port");
    assertRefused("--port needs a value: --port N; see `mf up --help`", "up", "--port", "--json");
    assertRefused("--json is given more than once; see `mf up --help`", "up", "--json", "--json");
    assertRefused("\"b\" is one argument too many; see `mf up --help`", "up", "a", "b");
    assertRefused(
        "there is no option --schema; what is passed on stands behind DIR: `mf config . --schema`;"
            + " see `mf config --help`",
        "config",
        "--schema");
  }

  private void assertRefused(String words, String... arguments) {
    err.reset();
    assertThat(mf(arguments)).isEqualTo(64);
    assertThat(text(err)).isEqualTo("mf: " + words + "\n");
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
        .startsWith("mf: 5 things are wrong with the command line; see `mf up --help`\n")
        .contains("  --port must be 1 to 65535, but is \"junk\"\n")
        .contains("  --only must name process types, for example web or cards.web\n")
        .contains("  --database must begin with postgres://; write it as postgres://ROLE@HOST")
        .contains("  there is no option --frsh; did you mean \"--fresh\"?\n")
        .contains("  \"b\" is one argument too many\n")
        .doesNotContain("hidden");
    err.reset();
    assertThat(mf("token", "--tenat", "acme")).isEqualTo(64);
    assertThat(text(err))
        .contains("2 things", "there is no option --tenat", "--tenant T must be given");
    err.reset();
    assertThat(mf("run")).isEqualTo(64);
    assertThat(text(err)).endsWith("\n  DIR must be given\n  TASK must be given\n");
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
        """
        name: a
        runtime: java 25
        processes: {web: {}}
        build: {command: make, artifact: target/a.jar}
        """);
    assertThat(mf("config", folder.toString(), "--schema")).isEqualTo(69);
    assertThat(text(err)).contains("there is no").contains("build it with `mf up");
  }

  @Test
  void jobsAreThoseOfAServiceThatRuns() throws Exception {
    Files.writeString(
        folder.resolve("manyfactor.yaml"), "name: a\nruntime: java 25\nprocesses: {web: ./web}\n");
    assertThat(mf("jobs", folder.toString(), "list", "--json")).isEqualTo(69);
    assertThat(text(err)).contains("no formation runs with " + folder);
    err.reset();
    assertThat(mf("jobs")).isEqualTo(64);
    assertThat(text(err)).isEqualTo("mf: DIR must be given; see `mf jobs --help`\n");
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
