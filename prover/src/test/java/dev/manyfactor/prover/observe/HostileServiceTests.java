package dev.manyfactor.prover.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a service may try, and what comes of it.
class HostileServiceTests {
  private static final String PYTHON = "/usr/bin/python3";

  private Cage cage;

  @BeforeEach
  void open() throws IOException {
    cage = Cage.with(new Means(true, true, 64));
  }

  @AfterEach
  void close() throws IOException {
    cage.close();
  }

  @Test
  void floodIsCountedAndBlocksNobody() throws InterruptedException {
    Observed process =
        cage.shell("yes | head -n 400000; yes 'a long line' | head -n 10 >&2; echo end >&2");
    assertThat(process.awaitExit(Cage.PATIENCE)).isTrue();
    assertThat(process.exitCode()).hasValue(0);
    assertThat(process.output().lines().size() + process.output().dropped()).isEqualTo(400_011);
    assertThat(process.output().lines()).hasSizeLessThan(100_000);
  }

  @Test
  void linesThatNeverEndAndBytesThatAreNoTextAreSaidToBe() throws InterruptedException {
    Observed process =
        cage.shell(
            "printf 'caf\\303\\251\\n\\377\\376\\n\\000x\\n'; head -c 200000 /dev/zero | tr '\\0' a; sleep 600");
    assertThat(process.output().await(3, line -> true, Cage.PATIENCE)).isPresent();
    List<OutputLine> lines = process.output().lines();
    assertThat(lines)
        .extracting(OutputLine::flaw)
        .containsExactly(
            OutputLine.Flaw.NONE,
            OutputLine.Flaw.BINARY,
            OutputLine.Flaw.BINARY,
            OutputLine.Flaw.CUT);
    assertThat(lines.getFirst().text()).isEqualTo("café");
    assertThat(lines.getLast().text()).hasSize(64 * 1024);
  }

  @Test
  void whatForksAwayIsSeenAndEnded() throws InterruptedException {
    Observed process =
        cage.shell(
            """
            setsid sh -c 'trap "" TERM HUP; (env -i /usr/bin/setsid /bin/sh -c \
              "trap \\"\\" TERM HUP; echo away; while :; do sleep 611; done" &)' &
            wait; trap "" TERM; echo stays; while :; do sleep 611; done
            """);
    Cage.awaitLine(process, "away");
    Cage.awaitLine(process, "stays");
    List<ProcessFact> tree = process.tree();
    assertThat(tree).anyMatch(fact -> fact.arguments().getFirst().equals("/bin/sh"));
    process.terminate();
    assertThat(process.exitCode()).isEmpty();
    process.close();
    assertThat(process.exitCode()).hasValue(128 + 9);
    assertThat(tree).noneMatch(fact -> Cage.lives(fact.pid()));
    assertThat(process.tree()).isEmpty();
  }

  @Test
  void endOfTheServiceIsNotTheEndOfWhatForkedAway() throws InterruptedException {
    Observed process = cage.shell("setsid sleep 605 >/dev/null 2>&1 & echo up");
    assertThat(Cage.linesOf(process)).containsExactly("up");
    Cage.await(
        "its tree",
        () ->
            process.tree().stream()
                .map(ProcessFact::arguments)
                .toList()
                .equals(List.of(List.of("sleep", "605"))));
    process.close();
    assertThat(process.tree()).isEmpty();
  }

  @Test
  void forkBombIsBoundedAndEnded() throws InterruptedException {
    assumeTrue(hasOwnUser(), "only a user of its own has a number of processes of its own");
    assumeTrue(Files.isExecutable(Path.of(PYTHON)), "no Python here");
    String bomb =
        """
        import os
        while True:
            try: os.fork()
            except OSError: pass
        """;
    Observed process = cage.run(List.of(PYTHON, "-c", bomb), Set.of());
    Cage.await("the bound", () -> process.tree().size() > 30);
    assertThat(process.tree()).hasSizeLessThanOrEqualTo(64);
    process.close();
    assertThat(process.tree()).isEmpty();
  }

  @Test
  void filesAreWrittenInTheScratchAndNowhereElse() throws Exception {
    assumeTrue(Landlock.ofKernel().holdsFiles(), "no Landlock here");
    Path service = Files.createDirectory(cage.folder.resolve("service"));
    Files.setPosixFilePermissions(service, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path other = cage.sandbox.scratch("other");
    Observed process =
        cage.shell(
            """
            for folder in /var/tmp /run/lock %1$s %2$s .; do
              (: > "$folder/planted") 2>/dev/null && echo "wrote $folder"
              ln -s /etc/passwd "$folder/link" 2>/dev/null && echo "linked $folder"
              mkdir "$folder/a" 2>/dev/null && mv "$folder/planted" "$folder/a/b" && echo "moved $folder"
            done
            echo x >/dev/null && echo null; echo x >/dev/stdout; cat %2$s/../lock && echo read
            """
                .formatted(service, other));
    assertThat(Cage.linesOf(process))
        .containsExactly("wrote .", "linked .", "moved .", "null", "x", "read");
    assertThat(service).isEmptyDirectory();
    Files.delete(service);
  }

  @Test
  void whatIsPlantedInTemporaryFoldersGoesWithTheProcess() throws InterruptedException {
    assumeTrue(hasOwnUser(), "only what a user of its own has left can be told from the rest");
    String name = "mf-planted-" + System.nanoTime();
    List<Path> planted = List.of(Path.of("/tmp", name), Path.of("/dev/shm", name));
    Observed process =
        cage.shell(
            "mkdir -p /tmp/%1$s/a && : > /tmp/%1$s/a/b && : > /dev/shm/%1$s".formatted(name));
    assertThat(Cage.linesOf(process)).isEmpty();
    assertThat(planted).allMatch(Files::exists);
    process.close();
    assertThat(planted).noneMatch(Files::exists);
  }

  @Test
  void onlyTheGivenPortsAreConnectedTo() throws Exception {
    assumeTrue(Landlock.ofKernel().holdsConnections(), "no Landlock for TCP here");
    assumeTrue(Files.isExecutable(Path.of(PYTHON)), "no Python here");
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket given = new ServerSocket(0, 5, loopback);
        ServerSocket other = new ServerSocket(0, 5, loopback)) {
      String script =
          """
          import socket
          for port in (%d, %d):
              try:
                  socket.create_connection(("127.0.0.1", port)); print("connected")
              except OSError as error: print(error.strerror)
          listener = socket.create_server(("127.0.0.1", 0)); print("bound")
          """
              .formatted(given.getLocalPort(), other.getLocalPort());
      Observed process = cage.run(List.of(PYTHON, "-c", script), Set.of(given.getLocalPort()));
      assertThat(Cage.linesOf(process)).containsExactly("connected", "Permission denied", "bound");
      assertThat(Cage.linesOf(cage.run(List.of(PYTHON, "-c", script), Set.of())))
          .containsExactly("Permission denied", "Permission denied", "bound");
    }
  }

  @Test
  void othersCannotBeSignalledNorRead() throws InterruptedException {
    Observed other = cage.shell("echo up; sleep 606");
    Cage.awaitLine(other, "up");
    String script =
        "kill -0 %1$d 2>/dev/null && echo signalled; cat /proc/%1$d/environ >/dev/null 2>&1 && echo read; echo done";
    assertThat(Cage.linesOf(cage.shell(script.formatted(other.pid())))).containsExactly("done");
    assertThat(Cage.linesOf(cage.shell(script.formatted(ProcessHandle.current().pid()))))
        .containsExactly("done");
  }

  @Test
  void closeDuringAStartLeavesNothing() throws Exception {
    Path scratch = cage.sandbox.scratch("many");
    Launch launch =
        new Launch(
            "many",
            List.of("sh", "-c", "trap '' TERM; sleep 607"),
            scratch,
            Map.of("PATH", Cage.PATH),
            new Launch.Reach(scratch, Set.of()));
    List<Observed> started = new CopyOnWriteArrayList<>();
    Thread starting =
        Thread.ofVirtual()
            .start(() -> {
              try {
                while (started.size() < 15) {
                  started.add(cage.sandbox.start(launch));
                }
              } catch (IllegalStateException closed) {
                // as it should be
              }
            });
    Cage.await("a first start", () -> !started.isEmpty());
    cage.sandbox.close();
    starting.join();
    assertThat(started).allSatisfy(process -> assertThat(process.tree()).isEmpty());
    assertThat(scratch).doesNotExist();
  }

  private boolean hasOwnUser() {
    return cage.sandbox.conditions().toString().contains("a user of its own");
  }
}
