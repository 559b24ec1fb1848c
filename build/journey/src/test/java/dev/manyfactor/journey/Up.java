package dev.manyfactor.journey;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// `./mf up` in the background of a terminal.
///
/// @param output what it prints, errors included
record Up(Process process, Path output) implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile("(?:localhost|127\\.0\\.0\\.1):(\\d+)");

  static Up start(Clone clone, String command) throws IOException {
    Path output = clone.newFile("up");
    var builder =
        // Ctrl-C is ignored in what a shell runs in the background, as it may run this test
        new ProcessBuilder("env", "--default-signal=INT", "sh", "-c", "exec " + command)
            .directory(clone.root().toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(clone.environment());
    return new Up(builder.start(), output);
  }

  /// Waits for the table, which is printed once everything is ready.
  void awaitRunning() throws InterruptedException {
    Await.until(
        "the formation",
        () -> text().contains("Ctrl-C stops everything") || !process.isAlive(),
        this::text);
    if (!process.isAlive()) {
      throw new AssertionError("mf up ended with " + process.exitValue() + "\n" + text());
    }
  }

  String text() {
    return Tree.text(output);
  }

  /// Every port that the table names.
  Set<Integer> ports() {
    return ADDRESS
        .matcher(text())
        .results()
        .map(address -> Integer.valueOf(address.group(1)))
        .collect(Collectors.toSet());
  }

  /// What the terminal sends for Ctrl-C.
  void interrupt() throws IOException, InterruptedException {
    new ProcessBuilder("sh", "-c", "kill -INT " + process.pid()).start().waitFor();
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(Await.LONG.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("mf up does not end\n" + text());
    }
    return process.exitValue();
  }

  /// Ends it whatever has happened; its processes end with it.
  @Override
  public void close() {
    process.destroy();
    try {
      if (process.waitFor(60, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
