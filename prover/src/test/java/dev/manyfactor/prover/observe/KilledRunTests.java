package dev.manyfactor.prover.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.security.auth.module.UnixSystem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Runs in a JVM of their own: one that is killed, and one of an ordinary user.
class KilledRunTests {
  private static final String STUBBORN =
      """
      trap '' TERM HUP
      setsid sh -c 'trap "" TERM HUP; while :; do sleep 613; done' &
      echo up; while :; do sleep 613; done
      """;

  private final List<String> said = new ArrayList<>();
  private Path folder = Path.of("/");

  @BeforeEach
  void make() throws IOException {
    folder = Files.createTempDirectory(Path.of("/var/tmp"), "mf-killed-");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
  }

  @AfterEach
  void remove() throws IOException {
    assertThat(folder).isEmptyDirectory();
    Files.delete(folder);
  }

  @Test
  void killedRunLeavesNoProcessAndNoFolder() throws Exception {
    Process run = run(List.of(), STUBBORN);
    List<Long> pids = pids();
    assertThat(pids).hasSizeGreaterThanOrEqualTo(2).allMatch(Cage::lives);
    run.destroyForcibly().waitFor(60, TimeUnit.SECONDS);
    Cage.await("the end of its processes", () -> pids.stream().noneMatch(Cage::lives));
    Cage.await("an empty folder", () -> isEmpty(folder));
  }

  @Test
  void whatAKilledRunCouldNotClearAwayTheNextDoes() throws Exception {
    RunFolder abandoned = RunFolder.create(folder);
    Account account = Accounts.find(Means.ALL, any -> true).next();
    Files.createDirectories(abandoned.scratch("web", account).resolve("a/b/c"));
    assertThat(RunFolder.abandoned(folder)).isEmpty();
    abandoned.unlock();
    Files.createDirectory(folder.resolve("mf-prove-not-ours"));
    Sandbox.open(folder, System::nanoTime).close();
    assertThat(abandoned.path()).doesNotExist();
    Files.delete(folder.resolve("mf-prove-not-ours"));
  }

  @Test
  void aRunThatGoesOnKeepsItsLockWhenAnotherOfTheSameJvmLooksForAbandonedOnes() throws Exception {
    RunFolder run = RunFolder.create(folder);
    Sandbox.open(folder, System::nanoTime).close();
    Process other =
        new ProcessBuilder(
                "/usr/bin/python3",
                "-c",
                "import fcntl, sys; fcntl.lockf(open(sys.argv[1], 'w'), fcntl.LOCK_EX | fcntl.LOCK_NB)",
                run.path().resolve("lock").toString())
            .start();
    assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(other.exitValue()).as("the lock is free").isNotZero();
    run.unlock();
    Sandbox.open(folder, System::nanoTime).close();
  }

  @Test
  void ordinaryUserIsHeldByLandlockAndTheMark() throws Exception {
    assumeTrue(new UnixSystem().getUid() == 0, "already an ordinary user");
    List<String> nobody = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
    assumeTrue(reads(nobody), "an ordinary user cannot read this checkout");
    tryToEscape(nobody, "65534");
    assertThat(said).anyMatch(line -> line.contains("(65534): only root"));
  }

  @Test
  void rootOfAContainerIsHeldByLandlockAndTheMark() throws Exception {
    assumeTrue(new UnixSystem().getUid() == 0, "not root");
    String docker =
        "-all,+chown,+dac_override,+fowner,+fsetid,+kill,+mknod,+net_bind_service,+net_raw,+setfcap"
            + ",+setgid,+setpcap,+setuid,+sys_chroot";
    tryToEscape(List.of("setpriv", "--inh-caps=-all", "--bounding-set=" + docker), "0");
    assertThat(said).anyMatch(line -> line.contains("calling user (0) without its privileges"));
  }

  private void tryToEscape(List<String> prefix, String user) throws Exception {
    Path service = Files.createDirectory(folder.resolve("service"));
    Files.setPosixFilePermissions(service, PosixFilePermissions.fromString("rwxrwxrwx"));
    String script =
        """
        (: > %1$s/planted) 2>/dev/null || echo refused; : > mine && echo written; id -u
        env -i /usr/bin/setsid /bin/sh -c 'trap "" TERM; while :; do sleep 613; done' &
        """
            .formatted(service);
    Process run = run(prefix, script + STUBBORN);
    List<Long> pids = pids();
    assertThat(said).contains("> written", "> " + user);
    if (Landlock.ofKernel().holdsFiles()) {
      assertThat(said).contains("> refused");
    }
    assertThat(pids).hasSizeGreaterThanOrEqualTo(3).allMatch(Cage::lives);
    try (OutputStream orders = run.getOutputStream()) {
      orders.write('c');
    }
    assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(run.exitValue()).isZero();
    assertThat(pids).noneMatch(Cage::lives);
    Files.deleteIfExists(service.resolve("planted"));
    Files.delete(service);
  }

  private Process run(List<String> prefix, String script) throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-cp",
            System.getProperty("java.class.path"),
            RunMain.class.getName(),
            folder.toString(),
            script));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      said.add(line);
      if (line.equals("started")) {
        return process;
      }
    }
    throw new AssertionError("the run did not start: " + said);
  }

  private List<Long> pids() {
    return said.stream()
        .filter(line -> line.startsWith("pid "))
        .map(line -> Long.valueOf(line.substring(4)))
        .toList();
  }

  private static boolean reads(List<String> user) throws Exception {
    URI classes = RunMain.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    List<String> command = new ArrayList<>(user);
    command.addAll(List.of("test", "-r", Path.of(classes).toString()));
    return Tools.run(command);
  }

  private static boolean isEmpty(Path folder) {
    String[] names = folder.toFile().list();
    return names != null && names.length == 0;
  }
}
