package dev.manyfactor.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The lock file at work: this repository's wrapper and settings around a pom that imports one BOM.
class LockTests {
  private static final String LOCK = ".mvn/checksums/checksums.sha256";
  private static final String BOM = "junit-bom-";

  @TempDir private Path project;

  @BeforeEach
  void planAProject() throws IOException {
    List<String> settings =
        Checkout.files().stream().filter(file -> file.startsWith(".mvn/")).toList();
    assertThat(settings).contains(LOCK, ".mvn/maven.config");
    for (String file : settings) {
      Files.createDirectories(project.resolve(file).getParent());
      Files.copy(Checkout.ROOT.resolve(file), project.resolve(file));
    }
    Files.copy(Checkout.ROOT.resolve("mvnw"), project.resolve("mvnw"));
    String version = Checkout.inPom("build/parent/pom.xml", "//junit.version").getFirst();
    Files.writeString(project.resolve("pom.xml"), pom(version));
  }

  @Test
  void whatIsInTheLockFileIsUsed() {
    assertThat(validate()).isEmpty();
  }

  @Test
  void anArtifactWithOtherBytesIsRefused() throws IOException {
    edit(line -> (line.startsWith("0") ? "1" : "0") + line.substring(1));
    assertThat(validate()).contains("junit-bom").containsIgnoringCase("mismatch");
  }

  @Test
  void anArtifactThatIsNotInTheLockFileIsRefused() throws IOException {
    edit(line -> "");
    assertThat(validate()).contains("junit-bom").contains("Missing from");
  }

  private static String pom(String version) {
    return """
    <project>
      <modelVersion>4.0.0</modelVersion>
      <groupId>planted</groupId><artifactId>planted</artifactId><version>1</version><packaging>pom</packaging>
      <dependencyManagement><dependencies><dependency>
        <groupId>org.junit</groupId><artifactId>junit-bom</artifactId><version>%s</version><type>pom</type><scope>import</scope>
      </dependency></dependencies></dependencyManagement>
    </project>
    """
        .formatted(version);
  }

  private void edit(UnaryOperator<String> change) throws IOException {
    Path lock = project.resolve(LOCK);
    List<String> lines = Files.readAllLines(lock);
    assertThat(lines).hasSizeGreaterThan(300).anyMatch(line -> line.contains(BOM));
    Files.write(
        lock, lines.stream().map(line -> line.contains(BOM) ? change.apply(line) : line).toList());
  }

  /// What Maven says about the project, offline, from the same local repository as this build.
  private String validate() {
    String local =
        System.getProperty("localRepository", System.getProperty("user.home") + "/.m2/repository");
    var process =
        new ProcessBuilder("./mvnw", "-q", "-B", "-o", "-Dmaven.repo.local=" + local, "validate")
            .directory(project.toFile())
            .redirectErrorStream(true);
    try {
      return new String(process.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8)
          .strip();
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
