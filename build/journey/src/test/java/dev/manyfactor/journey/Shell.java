package dev.manyfactor.journey;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// Another terminal with `sh`, which keeps its variables from one block to the next.
final class Shell implements AutoCloseable {
  private final Clone clone;
  private final Process process;
  private final Writer input;

  private Shell(Clone clone, Process process) {
    this.clone = clone;
    this.process = process;
    this.input = process.outputWriter(StandardCharsets.UTF_8);
  }

  static Shell in(Clone clone) throws IOException {
    var builder =
        new ProcessBuilder("sh", "-s").directory(clone.root().toFile()).redirectErrorStream(true);
    builder.environment().putAll(clone.environment());
    builder.redirectOutput(clone.newFile("shell").toFile());
    return new Shell(clone, builder.start());
  }

  /// What a block of commands left.
  ///
  /// @param status the exit code of its last command
  record Answer(int status, String output, String errors) {
    /// The body behind the head that `curl -i` prints.
    String body() {
      return output.substring(output.indexOf("\r\n\r\n") + 4);
    }
  }

  /// Types a block and waits for its end.
  Answer run(String block) throws IOException, InterruptedException {
    return run(block, Await.LONG);
  }

  /// Types a block and waits for its end, at most `patience`.
  Answer run(String block, Duration patience) throws IOException, InterruptedException {
    Path script = clone.newFile("block");
    Path output = clone.newFile("output");
    Path errors = clone.newFile("errors");
    Path status = clone.newFile("status");
    Files.writeString(script, block);
    input.write(
        ". %s </dev/null >%s 2>%s; echo $?. >%s\n".formatted(script, output, errors, status));
    input.flush();
    Await.until(
        "the commands\n" + block,
        () -> Tree.text(status).endsWith(".\n"),
        () -> Tree.text(output) + Tree.text(errors),
        patience);
    return new Answer(
        Integer.parseInt(Tree.text(status).replace(".\n", "")),
        Tree.text(output),
        Tree.text(errors));
  }

  @Override
  public void close() throws IOException {
    input.close(); // the end of its input ends it
    try {
      process.waitFor();
    } catch (InterruptedException hurry) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
