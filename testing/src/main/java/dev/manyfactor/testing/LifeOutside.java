package dev.manyfactor.testing;

import dev.manyfactor.formation.Spawner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A process of the operating system: `java` with the class path of the test and the main class of
/// the service. It dies with the test's JVM.
final class LifeOutside implements Life {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration POLL = Duration.ofMillis(50);

  private final Process process;
  private final Path output;
  private final URI management;
  private volatile boolean frozen;

  private LifeOutside(Process process, Path output, URI management) {
    this.process = process;
    this.output = output;
    this.management = management;
  }

  /// @param output the file that gets all that it says
  /// @param variables its whole environment, `MANAGEMENT_PORT` among them
  static LifeOutside start(
      Class<?> main, String argument, Map<String, String> variables, Path output) {
    var builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                argument)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    builder.environment().keySet().retainAll(List.of("PATH"));
    builder.environment().putAll(variables);
    try {
      Process process = Spawner.start(builder, List.of(), Spawner.OnDeath.KILL);
      var management = URI.create("http://127.0.0.1:" + variables.get("MANAGEMENT_PORT"));
      return new LifeOutside(process, output, management);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot start " + main.getName(), failure);
    }
  }

  @Override
  public void awaitReady() {
    TestClient operator = TestClient.of(management);
    for (Duration waited = Duration.ZERO; !isReady(operator); waited = waited.plus(POLL)) {
      if (!isRunning()) {
        throw new AssertionError(
            "the process ended with " + process.exitValue() + " before it was ready\n" + said());
      }
      if (waited.compareTo(PATIENCE) > 0) {
        throw new AssertionError("the process is not ready after " + PATIENCE + "\n" + said());
      }
      pause();
    }
  }

  private static boolean isReady(TestClient operator) {
    try {
      return operator.get("/readyz").status() == 200;
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  private static void pause() {
    try {
      Thread.sleep(POLL);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a process was starting", stopping);
    }
  }

  @Override
  public boolean isRunning() {
    return process.isAlive();
  }

  @Override
  public int stop() {
    if (frozen) {
      throw new IllegalStateException("a frozen process does not stop; thaw it, or kill it");
    }
    process.destroy();
    return ended("SIGTERM");
  }

  void kill() {
    process.destroyForcibly();
    ended("SIGKILL");
  }

  void freeze() {
    signal("STOP");
    frozen = true;
  }

  void thaw() {
    signal("CONT");
    frozen = false;
  }

  boolean isFrozen() {
    return frozen;
  }

  /// All that it and those before it at its place have said.
  String said() {
    try {
      return Files.readString(output);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private int ended(String signal) {
    try {
      if (process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        return process.exitValue();
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    throw new AssertionError(
        "the process did not end within " + PATIENCE + " of " + signal + "\n" + said());
  }

  private void signal(String name) {
    try {
      Process kill =
          new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!kill.waitFor(PATIENCE) || kill.exitValue() != 0) {
        throw new IllegalStateException(
            "the process does not take SIG" + name + "; it may have ended\n" + said());
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a signal was sent", stopping);
    }
  }
}
