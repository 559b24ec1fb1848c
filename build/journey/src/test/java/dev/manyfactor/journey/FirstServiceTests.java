package dev.manyfactor.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.journey.FirstServiceGuide.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Does what the guide to a first service says, in an empty folder beside a clone.
///
/// Three things differ: the clone is the one that is being built, the port is a free one, and Maven
/// is offline, so that what the guide needs is what the build has.
class FirstServiceTests {
  // with what the clone says to Maven, which must not reach beyond the clone
  private static final List<String> WRAPPER =
      List.of("mvnw", ".mvn/wrapper", ".mvn/prelude.sh", ".mvn/maven.config", ".mvn/jvm.config");
  private static final String TOOL = "../manyfactor/mf up\n";

  @TempDir private Path folder;
  private final int port = Clone.freePort();

  @Test
  void theGuideLeadsFromAnEmptyFolderToARunningService() throws Exception {
    Clone clone = Clone.in(folder);
    WRAPPER.forEach(place -> Tree.copy(place, clone.root()));
    Path notes = clone.root().resolveSibling("notes");
    Deque<Step> steps = new ArrayDeque<>(FirstServiceGuide.steps());
    try (Shell shell = Shell.in(clone)) {
      shell.run("cd ..; export MAVEN_ARGS='" + mavenArguments() + "'");
      while (!steps.getFirst().equals(new Step.Type(TOOL))) {
        switch (steps.pop()) {
          case Step.Write(String file, String content) -> write(notes.resolve(file), content);
          case Step.Type(String lines) -> typed(shell, lines, clone);
        }
      }
      steps.pop();
      try (Up up = Up.start(clone, upIn(notes))) {
        up.awaitRunning();
        assertThat(up.text()).contains("notes is running, ready after", "notes.web");
        keepsANote(shell, typedLines(steps));
        namesTheMistakes(shell.run(typedLines(steps)));
        up.interrupt();
        assertThat(up.exitCode()).as(up.text()).isZero();
      }
      assertThat(shell.run(typedLines(steps)).output()).contains("POST /v1/notes", "web");
    }
    assertThat(steps).isEmpty();
  }

  private static void write(Path file, String content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  /// Types a block that ends well.
  private static void typed(Shell shell, String block, Clone clone) throws Exception {
    Path script = Tree.ROOT.resolve("build/repository");
    String lines =
        block
            .replaceAll("(?m)^git clone .*\\n", "")
            .replace(
                "manyfactor/build/repository",
                script + " --built " + clone.root() + "/target/repository");
    Shell.Answer answer = shell.run(lines);
    assertThat(answer.status()).as(lines + answer.output() + answer.errors()).isZero();
    if (lines.contains("mvnw")) {
      assertThat(answer.output()).contains("Tests run: 2, Failures: 0, Errors: 0, Skipped: 0");
    }
  }

  private void keepsANote(Shell shell, String block) throws Exception {
    Shell.Answer first = shell.run(block);
    assertThat(first.output())
        .as(first.errors())
        .startsWith("HTTP/1.1 201 Created\r\n")
        .contains("\r\nLocation: /v1/notes/");
    Shell.Answer second = shell.run(block);
    assertThat(second.output()).contains("\r\nIdempotent-Replayed: true\r\n");
    assertThat(second.body()).isEqualTo(first.body());
  }

  private static void namesTheMistakes(Shell.Answer answer) {
    assertThat(answer.output()).contains("\"/text\"", "\"/txt\"", "\"status\":400");
  }

  private String typedLines(Deque<Step> steps) {
    return switch (steps.pop()) {
      case Step.Type(String lines) -> lines.replace("localhost:8080", "localhost:" + port);
      case Step.Write(String file, String _) ->
          throw new AssertionError(file + " stands where a command is expected");
    };
  }

  private String upIn(Path notes) {
    return "env -C %s MAVEN_ARGS='%s' ../manyfactor/mf up --port %d"
        .formatted(notes, mavenArguments(), port);
  }

  /// Offline, with the repository that this build uses.
  private static String mavenArguments() {
    List<String> arguments =
        List.of("-o", "-Dmaven.repo.local=" + System.getProperty("localRepository"));
    return String.join(" ", arguments);
  }
}
