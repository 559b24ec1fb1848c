package dev.manyfactor.formation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StalenessTests {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  @TempDir Path folder;
  private Manifest.Build build;
  private Path stamp;

  @BeforeEach
  void set() {
    build =
        new Manifest.Build(new Command("make"), folder.resolve("target/made.jar"), List.of(folder));
    stamp = folder.resolve(".manyfactor/built-service");
  }

  @Test
  void anArtifactThatIsNotThereIsStale() {
    assertThat(Staleness.isStale(build, stamp)).isTrue();
  }

  @Test
  void anArtifactOlderThanASourceIsStale() throws Exception {
    file("target/made.jar", NOON);
    file("src/main/A.java", NOON.minusSeconds(1));
    assertThat(Staleness.isStale(build, stamp)).isFalse();
    file("src/main/B.java", NOON.plusSeconds(1));
    assertThat(Staleness.isStale(build, stamp)).isTrue();
  }

  @Test
  void aBuildThatFoundNothingToDoCountsToo() throws Exception {
    file("target/made.jar", NOON);
    file("src/main/A.java", NOON.plusSeconds(1));
    file(".manyfactor/built-service", NOON.plusSeconds(2));
    assertThat(Staleness.isStale(build, stamp)).isFalse();
  }

  @Test
  void whatABuildMakesAndTestsAreNoInputs() throws Exception {
    file("target/made.jar", NOON);
    file("target/classes/A.class", NOON.plusSeconds(1));
    file("src/test/java/ATests.java", NOON.plusSeconds(1));
    file(".git/index", NOON.plusSeconds(1));
    file("node_modules/x/index.js", NOON.plusSeconds(1));
    assertThat(Staleness.isStale(build, stamp)).isFalse();
  }

  private void file(String name, Instant at) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, name);
    Files.setLastModifiedTime(file, FileTime.from(at));
  }
}
