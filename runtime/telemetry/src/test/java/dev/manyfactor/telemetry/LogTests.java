package dev.manyfactor.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What a real process writes to its real standard output.
@Timeout(120)
class LogTests {
  private static List<String> messages(List<JsonNode> lines) {
    return lines.stream().map(line -> line.get("message").stringValue()).toList();
  }

  private JsonNode line(List<JsonNode> lines, String message) {
    return lines.stream()
        .filter(line -> line.get("message").stringValue().equals(message))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void linesBeforeTheStartAreJsonWhicheverLibraryTheyComeFrom() throws Exception {
    try (var speaker = SpeakerProcess.start("before")) {
      assertThat(messages(speaker.lines()))
          .containsExactlyInAnyOrder("by java.util.logging", "by slf4j", "by System.Logger");
      assertThat(speaker.exitCode()).isZero();
      assertThat(speaker.errors()).isEmpty();
    }
  }

  @Test
  void everyLineIsOneJsonObjectWhateverIsInTheMessage() throws IOException {
    List<JsonNode> lines = SpeakerProcess.linesOf("everything");

    assertThat(messages(lines))
        .contains(
            "two\nlines\r\nand a tab\t\u0000\u001b[31m\u2028\u007f\"\\",
            "broken \ufffd and \ufffd but \ud83d\ude00",
            "after close");
    assertThat(lines).hasSize(9);
  }

  @Test
  void aLineSaysWhoSpeaksAndWhen() throws IOException {
    JsonNode line = line(SpeakerProcess.linesOf("everything"), "at work");

    assertThat(line.get("service").stringValue()).isEqualTo("payments");
    assertThat(line.get("release").stringValue()).isEqualTo("4f2c1aa");
    assertThat(line.get("process").stringValue()).isEqualTo("web");
    assertThat(line.get("deployment").stringValue()).isEqualTo("dev");
    assertThat(line.get("operation").stringValue()).isEqualTo("createPayment");
    assertThat(line.get("tenant").stringValue()).isEqualTo("acme");
    assertThat(line.get("logger").stringValue()).isEqualTo("speaker");
    assertThat(line.get("level").stringValue()).isEqualTo("INFO");
    assertThat(line.get("time").stringValue()).endsWith("Z");
    assertThat(Instant.parse(line.get("time").stringValue())).isAfter(Instant.EPOCH);
    assertThat(line.has("trace_id")).isFalse();
  }

  @Test
  void keyValuePairsAreFieldsAndNeverReplaceOurs() throws IOException {
    List<JsonNode> lines = SpeakerProcess.linesOf("everything");
    JsonNode line = line(lines, "pairs");

    assertThat(line.get("count").intValue()).isEqualTo(7);
    assertThat(line.get("count_").intValue()).isEqualTo(8);
    assertThat(line.get("ratio").doubleValue()).isEqualTo(0.5);
    assertThat(line.get("nan").stringValue()).isEqualTo("NaN");
    assertThat(line.get("big").longValue()).isEqualTo(9_000_000_000L);
    assertThat(line.get("flag").booleanValue()).isTrue();
    assertThat(line.get("nothing").isNull()).isTrue();
    assertThat(line.get("message_").stringValue()).isEqualTo("not ours");
    assertThat(line.get("operation").stringValue()).isEqualTo("of nobody's work");
    assertThat(line(lines, "at work").get("operation_").stringValue()).isEqualTo("another");
    assertThat(line.get("failing").stringValue()).contains("without text");
    assertThat(line(lines, "with a diagnostic context").get("library").stringValue())
        .isEqualTo("value");
  }

  @Test
  void aMessageIsCutAndSaysSo() throws IOException {
    JsonNode line =
        SpeakerProcess.linesOf("everything").stream()
            .filter(each -> each.has("truncated"))
            .findFirst()
            .orElseThrow();

    assertThat(line.get("truncated").booleanValue()).isTrue();
    assertThat(line.get("message").stringValue()).isEqualTo("x".repeat(32 * 1024));
  }

  @Test
  void anExceptionIsOneFieldWithItsCauses() throws IOException {
    JsonNode error = line(SpeakerProcess.linesOf("everything"), "failed").get("error");

    assertThat(error.get("type").stringValue()).isEqualTo("java.lang.IllegalStateException");
    assertThat(error.get("message").stringValue()).isEqualTo("outer");
    assertThat(error.get("stack").stringValue())
        .startsWith("java.lang.IllegalStateException: outer\n\tat dev.manyfactor.telemetry.Speaker")
        .contains("Caused by: java.lang.IllegalArgumentException: the\ncause")
        .contains("\tSuppressed: java.io.IOException: suppressed");
  }

  @Test
  void anEndlessExceptionIsCutButItsCauseIsSeen() throws IOException {
    JsonNode error = line(SpeakerProcess.linesOf("everything"), "too deep").get("error");

    assertThat(error.get("stack").stringValue())
        .hasSizeLessThanOrEqualTo(32 * 1024)
        .contains("Caused by: java.lang.StackOverflowError");
    assertThat(error.get("message").stringValue()).hasSize(1024);
  }

  @Test
  void librariesThatShowSecretsWhenDebuggedAreNotDebugged() throws Exception {
    try (var speaker = SpeakerProcess.start("libraries")) {
      assertThat(messages(speaker.lines())).containsExactly("ours", "theirs");
      assertThat(speaker.exitCode()).isZero();
      assertThat(speaker.errors())
          .contains("log_events_total{level=\"debug\",service_version=\"4f2c1aa\"} 2.0");
    }
  }

  @Test
  void aLineIsVisibleWhileTheProcessGoesOn() throws Exception {
    try (var speaker = SpeakerProcess.start("wait")) {
      JsonNode line = SpeakerProcess.parse(speaker.output().readLine());

      assertThat(line.get("message").stringValue()).isEqualTo("visible");
      assertThat(speaker.isAlive()).isTrue();
      speaker.letGo();
      assertThat(speaker.exitCode()).isZero();
    }
  }

  @Test
  void nothingIsLostWhenTheProcessExitsNorAfterwardsInItsShutdownHooks() throws Exception {
    try (var speaker = SpeakerProcess.start("exit")) {
      List<JsonNode> lines = speaker.lines();

      assertThat(speaker.exitCode()).isEqualTo(3);
      assertThat(messages(lines)).filteredOn("before the exit"::equals).hasSize(2_000);
      assertThat(messages(lines)).filteredOn("in a hook"::equals).hasSize(2_000);
    }
  }

  @Test
  void nothingIsLostWhenTheProcessCrashes() throws Exception {
    try (var speaker = SpeakerProcess.start("crash")) {
      List<JsonNode> lines = speaker.lines();

      assertThat(speaker.exitCode()).isEqualTo(1);
      assertThat(lines.stream().map(line -> line.get("i").intValue()))
          .isEqualTo(IntStream.range(0, 2_000).boxed().toList());
    }
  }

  @Test
  void anOutputThatNobodyReadsStopsNobodyAndTheGapIsCounted() throws Exception {
    try (var speaker = SpeakerProcess.start("unread")) {
      long dropped = droppedIn(speaker.errorsUntil("done"));
      var output = speaker.output();
      for (long i = dropped; i < 20_000; i++) {
        SpeakerProcess.parse(output.readLine());
      }
      speaker.letGo();
      List<JsonNode> rest = speaker.lines();

      assertThat(dropped).isPositive();
      assertThat(messages(rest)).first().isEqualTo("last");
      assertThat(rest.getLast().get("dropped").longValue()).isEqualTo(dropped);
    }
  }

  private static long droppedIn(String metrics) {
    return metrics
        .lines()
        .filter(line -> line.startsWith("log_events_dropped_total"))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aTaskKeepsItsStandardOutputForItsResult() throws Exception {
    try (var speaker = SpeakerProcess.start("stderr")) {
      assertThat(speaker.output().lines()).containsExactly("a;b");
      assertThat(speaker.exitCode()).isZero();
      assertThat(messages(speaker.errors().lines().map(SpeakerProcess::parse).toList()))
          .containsExactly("before the start", "on stderr");
    }
  }

  @Test
  void ofTwoServicesInOneProcessTheOneThatStillRunsHasTheWord() throws IOException {
    List<JsonNode> lines = SpeakerProcess.linesOf("two");

    assertThat(lines.stream().map(line -> line.get("service").stringValue()))
        .containsExactly("cards", "payments", "payments");
  }

  @Test
  void logsCanBeSilenced() throws Exception {
    try (var speaker = SpeakerProcess.start("off")) {
      assertThat(speaker.lines()).isEmpty();
      assertThat(speaker.exitCode()).isZero();
    }
  }

  @Test
  void aTraceThatCameInGoesOnInLogsAndOutgoingHeaders() throws IOException {
    String trace = "0af7651916cd43dd8448eb211c80319c";
    List<JsonNode> lines = SpeakerProcess.linesOf("trace", "00-" + trace + "-b7ad6b7169203331-01");
    JsonNode inside = line(lines, "inside");
    String span = inside.get("span_id").stringValue();

    assertThat(inside.get("trace_id").stringValue()).isEqualTo(trace);
    assertThat(span).matches("[0-9a-f]{16}").isNotEqualTo("b7ad6b7169203331");
    assertThat(inside.get("outgoing").stringValue()).isEqualTo("00-" + trace + "-" + span + "-01");
    assertThat(line(lines, "outside").has("trace_id")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "junk", "00-00000000000000000000000000000000-b7ad6b7169203331-01"})
  void aMalformedTraceBeginsANewOne(String traceparent) throws IOException {
    JsonNode inside = line(SpeakerProcess.linesOf("trace", traceparent), "inside");

    assertThat(inside.get("trace_id").stringValue())
        .matches("[0-9a-f]{32}")
        .isNotEqualTo("00000000000000000000000000000000");
  }
}
