package dev.manyfactor.prover.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Programs of the usual languages start in the sandbox as outside of it, and say nothing about it.
class LanguagesTests {
  private final Cage cage = cage();

  @AfterEach
  void close() throws IOException {
    cage.close();
  }

  @Test
  void javaStartsSilently() throws Exception {
    Path source = cage.folder.resolve("Hello.java");
    Files.writeString(
        source,
        """
        void main() throws Exception {
          var server = new java.net.ServerSocket(0, 5, java.net.InetAddress.getLoopbackAddress());
          var file = java.nio.file.Files.createTempFile("hello", ".txt");
          var open = new java.io.FileOutputStream(file.toFile());
          IO.println(System.getProperty("user.home"));
          IO.println("port " + server.getLocalPort());
          IO.println("file " + file);
          Thread.sleep(600_000);
        }
        """);
    Observed process = cage.run(List.of("java", source.toString()), Set.of());
    assertThat(process.output().await(2, line -> true, Cage.PATIENCE)).isPresent();
    List<String> lines = process.output().lines().stream().map(OutputLine::text).toList();
    assertThat(lines.getFirst()).isEqualTo(process.environment().get("HOME"));
    assertThat(process.listening())
        .extracting(listening -> "port " + listening.port())
        .containsExactly(lines.get(1));
    assertThat(process.openForWriting())
        .extracting(file -> "file " + file)
        .containsExactly(lines.get(2));
    process.terminate();
    assertThat(process.awaitExit(Cage.PATIENCE)).isTrue();
    assertThat(process.exitCode()).hasValue(143);
    assertThat(process.output().lines()).hasSize(3);
    Files.delete(source);
  }

  @Test
  void pythonAndNodeStartSilently() throws Exception {
    for (List<String> command :
        List.of(
            List.of(
                "/usr/bin/python3", "-c", "import multiprocessing as m; m.Lock(); print('hello')"),
            List.of("/usr/bin/node", "-e", "console.log('hello')"))) {
      assumeTrue(
          Files.isExecutable(Path.of(command.getFirst())), command.getFirst() + " is not here");
      Observed process = cage.run(command, Set.of());
      assertThat(Cage.linesOf(process)).containsExactly("hello");
      assertThat(process.exitCode()).hasValue(0);
    }
  }

  @Test
  void missingProgramEndsWith127AndItsName() throws InterruptedException {
    Observed process = cage.run(List.of("no-such-program"), Set.of());
    assertThat(Cage.linesOf(process)).singleElement().asString().contains("no-such-program");
    assertThat(process.exitCode()).hasValue(127);
    assertThat(process.environment()).isEmpty();
  }

  @Test
  void nothingOfThisJvmIsInherited() throws InterruptedException {
    Path scratch = cage.sandbox.scratch("bare");
    Map<String, String> environment = Map.of("NAME", "a b=c\nd");
    Launch.Reach reach = new Launch.Reach(scratch, Set.of());
    List<String> script = List.of("/bin/sh", "-c", "ls /proc/$$/fd; while :; do sleep 614; done");
    Observed process = cage.sandbox.start(new Launch("bare", script, scratch, environment, reach));
    assertThat(process.output().await(2, line -> true, Cage.PATIENCE)).isPresent();
    assertThat(process.environment()).isEqualTo(environment);
    assertThat(process.output().lines())
        .as("descriptors")
        .extracting(OutputLine::text)
        .containsExactly("0", "1", "2");

    List<String> signals = List.of("/bin/grep", "-E", "SigIgn|SigBlk", "/proc/self/status");
    assertThat(Cage.linesOf(cage.run(signals, Set.of())))
        .as("signals 1 to 31; the C library keeps two of its own")
        .hasSize(2)
        .allMatch(
            line -> (Long.parseUnsignedLong(line.substring(8).strip(), 16) & 0x7fff_ffff) == 0);
  }

  private static Cage cage() {
    try {
      return Cage.usual();
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
