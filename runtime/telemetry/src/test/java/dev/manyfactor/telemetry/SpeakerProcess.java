package dev.manyfactor.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A running [Speaker] with its real standard output and standard error on pipes.
final class SpeakerProcess implements AutoCloseable {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Process process;

  private SpeakerProcess(Process process) {
    this.process = process;
  }

  static SpeakerProcess start(String... situation) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(Speaker.class.getName());
    command.addAll(List.of(situation));
    Process process = new ProcessBuilder(command).start();
    // a child that hangs ends, its pipes with it, and so does the test that reads from them
    CompletableFuture.delayedExecutor(60, TimeUnit.SECONDS).execute(process::destroyForcibly);
    return new SpeakerProcess(process);
  }

  /// Everything it said on standard output until its end, each line one JSON object.
  static List<JsonNode> linesOf(String... situation) throws IOException {
    try (var speaker = start(situation)) {
      return speaker.lines();
    }
  }

  BufferedReader output() {
    return process.inputReader(StandardCharsets.UTF_8);
  }

  /// The rest of its standard output.
  List<JsonNode> lines() {
    return output().lines().map(SpeakerProcess::parse).toList();
  }

  static JsonNode parse(String line) {
    JsonNode parsed = JSON.readTree(line);
    assertThat(parsed.isObject()).as(line).isTrue();
    assertThat(parsed.has("time") && parsed.has("level") && parsed.has("message"))
        .as(line)
        .isTrue();
    return parsed;
  }

  /// What it said on standard error, up to and including `last`, or to its end.
  String errorsUntil(String last) throws IOException {
    var text = new StringBuilder();
    var reader = process.errorReader(StandardCharsets.UTF_8);
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      text.append(line).append('\n');
      if (line.equals(last)) {
        break;
      }
    }
    return text.toString();
  }

  String errors() throws IOException {
    return errorsUntil("no line is this");
  }

  void letGo() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
  }

  int exitCode() throws InterruptedException {
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ended").isTrue();
    return process.exitValue();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.getInputStream().close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
