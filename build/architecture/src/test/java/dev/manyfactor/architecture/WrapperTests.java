package dev.manyfactor.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WrapperTests {
  private static final String STOCK =
      "cae96cef89ebea3531221f4ae17c23cf8edf67d00eae8306d4186ae1bbed4d02";
  private static final String PRELUDE = ". \"$scriptDir/.mvn/prelude.sh\"";
  private static final String SHOW_JDK = ". .mvn/find-jdk.sh; echo $JAVA_HOME";
  private static final Map<String, String> NO_JDK = Map.of();
  private static final Map<String, String> REAL_JDK =
      Map.of("JAVA_HOME", System.getProperty("java.home"));

  @TempDir private Path folder;
  private MadeUpMachine machine;

  @BeforeEach
  void makeUpAMachine() throws IOException {
    machine = MadeUpMachine.in(folder);
  }

  @Test
  void theScriptIsTheStockOneAndOneLine() {
    String script = Checkout.text("mvnw");
    assertThat(script.lines().filter(line -> line.startsWith(PRELUDE))).hasSize(1);
    String stock = script.replaceFirst("(?m)^\\Q" + PRELUDE + "\\E.*\\n\\n", "");
    assertThat(sha256(stock.getBytes(StandardCharsets.UTF_8))).isEqualTo(STOCK);
  }

  @Test
  void aJdkOfAnotherVersionIsPassedOver() throws IOException {
    Path old = machine.jdk("home/.jdks/a-17", "17.0.15");
    machine.jdk("home/.jdks/b-250", "250.0.1");
    Path right = machine.jdk("home/.jdks/c-25", "25.0.3");
    assertThat(machine.run(Map.of("JAVA_HOME", old.toString()), SHOW_JDK).output())
        .isEqualTo(right.toString());
  }

  @Test
  void theJdkThatTheCallerNamesComesFirst() throws IOException {
    machine.jdk("home/.jdks/a", "25.0.1");
    Path named = machine.jdk("named", "25");
    assertThat(machine.run(Map.of("JAVA_HOME", named.toString()), SHOW_JDK).output())
        .isEqualTo(named.toString());
  }

  @Test
  void withoutAJdkItSaysWhatToInstallAndExits69() {
    var ran = machine.run(NO_JDK, "./mvnw -v");
    assertThat(ran.exit()).isEqualTo(69);
    assertThat(ran.output()).startsWith("no JDK 25 found").contains("install one").hasLineCount(1);
  }

  @Test
  void anMvnOnThePathBringsMavenOnce() throws IOException {
    mvnBrings(machine.distribution("echo Maven runs: $@"));
    assertThat(machine.run(REAL_JDK, "./mvnw verify").output())
        .isEqualTo("fetching Maven 3.9.16 (9 MB, once)\nMaven runs: verify");
    assertThat(machine.run(REAL_JDK, "./mvnw verify").output()).isEqualTo("Maven runs: verify");
  }

  @Test
  void concurrentFirstRunsAllWork() throws IOException {
    mvnBrings(machine.distribution("echo Maven runs"));
    var ran = machine.run(REAL_JDK, "for run in 1 2 3 4; do ./mvnw -v & done; wait");
    assertThat(ran.output().lines().filter("Maven runs"::equals)).hasSize(4);
    try (Stream<Path> left =
        Files.list(folder.resolve("home/.m2/wrapper/dists/apache-maven-3.9.16"))) {
      assertThat(left).hasSize(1);
    }
  }

  @Test
  void aMavenWithAnotherChecksumIsRefused() throws IOException {
    Path tampered = machine.distribution("echo tampered");
    machine.program("mvn", "cp " + tampered + " apache-maven-3.9.16-bin.zip");
    var ran = machine.run(REAL_JDK, "./mvnw -v");
    assertThat(ran.exit()).isNotZero();
    assertThat(ran.output()).contains("does not have the sha256").doesNotContain("tampered");
  }

  @Test
  void whenNothingBringsMavenItSaysFromWhereItTried() throws IOException {
    machine.program("mvn", "echo '[ERROR] no route to the repository'; exit 1");
    var ran = machine.run(REAL_JDK, "./mvnw -v");
    assertThat(ran.exit()).isNotZero();
    assertThat(ran.output())
        .contains("no route to the repository", "Failed to fetch https://archive.apache.org/");
  }

  @Test
  void aRepositoryThatTheUserNamesIsAskedInItsOwnLayout() throws IOException {
    machine.program("mvn", "echo not asked; exit 1");
    assertThat(machine.run(REAL_JDK, "MVNW_REPOURL=https://mirror.example/m2 ./mvnw -v").output())
        .contains(
            "https://mirror.example/m2/org/apache/maven/apache-maven/3.9.16/apache-maven-3.9.16-bin.")
        .doesNotContain("not asked");
  }

  private void mvnBrings(Path distribution) throws IOException {
    machine.program("mvn", "cp " + distribution + " apache-maven-3.9.16-bin.zip");
    Path properties = folder.resolve(MadeUpMachine.PROPERTIES);
    String sum = sha256(Files.readAllBytes(distribution));
    Files.writeString(
        properties, Files.readString(properties).replaceFirst("Sum=\\w+", "Sum=" + sum));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
