package dev.manyfactor.prover.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.prover.outcome.Outcome;
import dev.manyfactor.prover.outcome.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamesItsCommitTests {
  private static final String PAGE = "        if self.path == \"/readyz\":\n";

  @Test
  void pageOfWhatWasBuiltSurvives() throws InterruptedException {
    assertThat(naming("{\"git\": {\"commit\": commit}}").outcome("01-1", this::commit))
        .isInstanceOf(Outcome.Pass.class);
  }

  @Test
  void sevenLettersInAnyTextSurvive() throws InterruptedException {
    assertThat(naming("\"tiny 1.0 (\" + commit[:7] + \")\"").outcome("01-1", this::commit))
        .isInstanceOf(Outcome.Pass.class);
  }

  @Test
  void lineOfTheOutputSurvives() throws InterruptedException {
    TinyService service =
        built()
            .changed(
                "\"started\", port",
                "\"started\", release=open(\"commit.txt\").read().strip(), port");
    assertThat(service.outcome("01-1", this::commit)).isInstanceOf(Outcome.Pass.class);
  }

  @Test
  void otherCommitFails() throws InterruptedException {
    Outcome outcome =
        naming("{\"commit\": \"0123abcd\" * 5, \"x\": commit}").outcome("01-1", this::commit);
    assertThat(counterExample(outcome)).contains("names 0123abcd0123abcd");
  }

  @Test
  void commitWithChangesFails() throws InterruptedException {
    Outcome outcome = naming("{\"commit\": commit, \"dirty\": True}").outcome("01-1", this::commit);
    assertThat(counterExample(outcome)).contains("files were changed");
  }

  @Test
  void nothingNamedFailsWithThePlacesThatWereAsked() throws InterruptedException {
    Outcome outcome = naming("{\"commit\": \"unknown\"}").outcome("01-1", this::commit);
    assertThat(counterExample(outcome))
        .contains("names none", "/version (200)", "/actuator/info", "its output");
  }

  @Test
  void commitThatIsAskedOfGitWhileItRunsFails() throws InterruptedException {
    String asked =
        "__import__(\"subprocess\").run([\"git\", \"-c\", \"safe.directory=*\", \"rev-parse\", \"HEAD\"], capture_output=True, text=True).stdout.strip()";
    Outcome outcome = naming("{\"commit\": " + asked + " or None}").outcome("01-1", this::commit);
    assertThat(counterExample(outcome)).contains("names none (git was hidden from it)");
  }

  @Test
  void treeWithChangesIsNotProven() throws InterruptedException {
    Outcome outcome =
        naming("{\"commit\": commit}")
            .outcome(
                "01-1",
                folder -> {
                  commit(folder);
                  write(folder.resolve("new.py"));
                });
    assertThat(outcome).isInstanceOf(Outcome.NotProven.class);
    assertThat(((Outcome.NotProven) outcome).reason()).isEqualTo(Reason.UNSUPPORTED);
    assertThat(((Outcome.NotProven) outcome).why()).contains("new.py");
  }

  @Test
  void folderWithoutGitIsNotProven() throws InterruptedException {
    assertThat(naming("{\"commit\": commit}").outcome("01-1"))
        .isInstanceOf(Outcome.NotProven.class);
  }

  private static String counterExample(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Fail.class);
    return ((Outcome.Fail) outcome).counterExample();
  }

  /// With a build that writes down the commit.
  private static TinyService built() {
    return TinyService.good()
        .with(
            "build.sh",
            "git rev-parse HEAD > commit.txt 2>/dev/null || echo unknown > commit.txt\n")
        .with(".gitignore", "commit.txt\n")
        .declared(
            "processes:",
            "build: {command: sh build.sh, artifact: commit.txt}\ndeadlines: {response: 2s}\nprocesses:");
  }

  /// With a page that answers this, in Python.
  private static TinyService naming(String answer) {
    return built()
        .changed(
            PAGE,
            "        commit = open(\"commit.txt\").read().strip()\n        if self.path == \"/version\":\n            self.answer(200, %s)\n        elif self.path == \"/readyz\":\n"
                .formatted(answer));
  }

  private void commit(Path folder) throws InterruptedException {
    git(folder, "init", "-q");
    git(folder, "add", "-A");
    git(folder, "commit", "-q", "-m", "Begin");
  }

  private static void git(Path folder, String... arguments) throws InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of("git", "-c", "user.name=tests", "-c", "user.email=tests@localhost"));
    command.addAll(List.of(arguments));
    try {
      Process git = new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start();
      assertThat(git.waitFor()).isZero();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void write(Path file) {
    try {
      Files.writeString(file, "\n");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
