package dev.manyfactor.formation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildsTests {
  private static final Duration LONG = Duration.ofMinutes(2);

  @TempDir Path checkout;
  private Path service;

  @BeforeEach
  void aServiceInACheckout() throws Exception {
    service = Files.createDirectories(checkout.resolve("service"));
    Files.writeString(service.resolve("source"), "1");
    Files.writeString(checkout.resolve(".gitignore"), ".manyfactor\n*.jar\n");
    manifest("date +%s%N >> made.jar");
    git("init", "-q");
    commit("first");
  }

  @Test
  void whatIsBuiltIsBuiltOnce() throws Exception {
    assertThat(ensure(LONG)).isEqualTo(1);
    assertThat(ensure(LONG)).isEqualTo(1);
  }

  @Test
  void aNewerInputIsBuilt() throws Exception {
    ensure(LONG);
    Files.setLastModifiedTime(
        service.resolve("source"), FileTime.from(Instant.now().plusSeconds(60)));
    assertThat(ensure(LONG)).isEqualTo(2);
  }

  @Test
  void anotherCommitIsBuiltThoughNoInputIsNewer() throws Exception {
    ensure(LONG);
    commit("second");
    assertThat(ensure(LONG)).isEqualTo(2);
    assertThat(ensure(LONG)).isEqualTo(2);
    assertThat(Files.readString(service.resolve(".manyfactor/built-service")))
        .isEqualTo(Commit.head(checkout).orElseThrow());
  }

  @Test
  void anArtifactOfUnknownOriginIsBuilt() throws Exception {
    Files.writeString(service.resolve("made.jar"), "by hand\n");
    assertThat(ensure(LONG)).isEqualTo(2);
  }

  @Test
  void outsideOfACheckoutTheCommitDoesNotCount() throws Exception {
    Folders.delete(checkout.resolve(".git"));
    assertThat(Commit.head(service)).isEmpty();
    Files.writeString(service.resolve("made.jar"), "by hand\n");
    Files.setLastModifiedTime(
        service.resolve("made.jar"), FileTime.from(Instant.now().plusSeconds(60)));
    assertThat(ensure(LONG)).isEqualTo(1);
  }

  @Test
  void aBuildThatFailsSaysHowAndShowsItsLastLines() throws Exception {
    manifest("echo no compiler; exit 3");
    FormationException failure = catchThrowableOfType(FormationException.class, () -> ensure(LONG));
    assertThat(failure.exitCode()).isEqualTo(70);
    assertThat(failure).hasMessageContaining("the build of service failed with exit code 3");
    assertThat(failure.evidence()).containsExactly("no compiler");
  }

  @Test
  void aBuildThatDoesNotEndIsEnded() throws Exception {
    manifest("echo waiting; sleep 600; echo done >> made.jar");
    FormationException failure =
        catchThrowableOfType(FormationException.class, () -> ensure(Duration.ofSeconds(2)));
    assertThat(failure.exitCode()).isEqualTo(70);
    assertThat(failure).hasMessageContaining("takes longer than 2 s and was ended");
    assertThat(failure.evidence()).isSubsetOf("waiting");
  }

  /// How many builds have written to the artifact so far.
  private int ensure(Duration patience) throws Exception {
    List<Event> events = new ArrayList<>();
    new Builds(Surroundings.ofProcess(), patience).ensure(Manifest.read(service), events::add);
    return Files.readAllLines(service.resolve("made.jar")).size();
  }

  private void manifest(String build) throws IOException {
    Files.writeString(
        service.resolve(Manifest.FILE),
        """
        name: service
        runtime: sh 1
        build: {command: "%s", artifact: made.jar, inputs: [source]}
        processes: {web: sleep 1}
        """
            .formatted(build));
  }

  private void commit(String message) throws Exception {
    git("add", "-A");
    git(
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@example.org",
        "commit",
        "-q",
        "-m",
        message,
        "--allow-empty");
  }

  private void git(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    Process git = new ProcessBuilder(command).directory(checkout.toFile()).inheritIO().start();
    assertThat(git.waitFor()).isZero();
  }
}
