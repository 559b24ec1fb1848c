package dev.manyfactor.prover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.prover.trial.Subject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckoutsTests {
  @TempDir Path folder;

  @Test
  void aTreeAsItWasCommittedIsClean() throws IOException, InterruptedException {
    commit();
    Subject.Checkout checkout = Checkouts.of(folder);
    assertThat(checkout.commit()).isPresent();
    assertThat(checkout.dirty()).isEmpty();
    assertThat(checkout.isShallow()).isFalse();
  }

  @Test
  void whatChangedSinceIsNamed() throws IOException, InterruptedException {
    commit();
    Files.writeString(folder.resolve("service.py"), "changed");
    assertThat(Checkouts.of(folder).dirty()).containsExactly("service.py");
  }

  @Test
  void aTreeThatGitCannotCompareIsNotClean() throws IOException, InterruptedException {
    commit();
    Files.writeString(folder.resolve(".git/index"), "garbage");
    Subject.Checkout checkout = Checkouts.of(folder);
    assertThat(checkout.commit()).isPresent();
    assertThat(checkout.dirty()).singleElement().asString().contains("git status");
  }

  @Test
  void whatLiesInNoCheckoutHasNeitherCommitNorChanges() throws InterruptedException {
    Subject.Checkout checkout = Checkouts.of(folder);
    assertThat(checkout.commit()).isEmpty();
    assertThat(checkout.dirty()).isEmpty();
  }

  private void commit() throws IOException, InterruptedException {
    Files.writeString(folder.resolve("service.py"), "as it was");
    git("init", "--quiet");
    git("add", ".");
    git(
        "-c",
        "user.name=tester",
        "-c",
        "user.email=tester@example.com",
        "commit",
        "--quiet",
        "-m",
        "First");
  }

  private void git(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    Process git =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(git.waitFor()).as(said).isZero();
  }
}
