package dev.manyfactor.prover.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.prover.observe.OutputLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WritesJsonLinesTests {
  private static final String STOPPED = "    log(\"INFO\", \"stopped\")\n";
  private static final TinyService GOOD = TinyService.good();

  @Test
  void serviceThatWritesNothingButEventsSurvives() throws InterruptedException {
    assertThat(Found.observation(GOOD.outcome("11-2")))
        .containsPattern("all \\d+ lines from ready to its end are JSON");
  }

  @Test
  void lineForPeopleIsQuoted() throws InterruptedException {
    TinyService service =
        GOOD.changed(
            "        name = self.path", "        print(\"here\")\n        name = self.path");
    assertThat(Found.counterExample(service.outcome("11-2")))
        .contains("lines from ready to the end are not events; is not one JSON object: here")
        .containsOnlyOnce("here");
  }

  @Test
  void stackTraceOfANonsensicalRequestIsACounterExample() throws InterruptedException {
    TinyService service =
        GOOD.changed("ValueError)", "KeyError)").changed("handle_error", "never_called");
    assertThat(Found.counterExample(service.outcome("11-2"))).contains("Traceback");
  }

  @Test
  void lastWordsCountAsWell() throws InterruptedException {
    TinyService service = GOOD.changed(STOPPED, "    print(\"Goodbye.\")\n");
    assertThat(Found.counterExample(service.outcome("11-2"))).contains("1 of ", "Goodbye.");
  }

  @Test
  void linesBeforeItIsReadyDoNotCount() throws InterruptedException {
    TinyService service =
        GOOD.changed("import json\n", "import json\nprint(\"v1.0\", flush=True)\n");
    assertThat(Found.observation(service.outcome("11-2"))).contains("from ready to its end");
  }

  @Test
  void binaryOutputIsNamed() throws InterruptedException {
    TinyService service =
        GOOD.changed(STOPPED, "    os.write(1, bytes([1, 2, 255, 10]))\n" + STOPPED);
    assertThat(Found.counterExample(service.outcome("11-2"))).contains("is binary: ");
  }

  @Test
  void serviceThatWritesNothingIsNotProven() throws InterruptedException {
    assertThat(
            Found.reason(
                GOOD.changed("    print(", "    (lambda *_, **more: None)(").outcome("11-2")))
        .contains("it wrote no line from ready to its end");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"time\":\"2026-01-01T00:00:00Z\",\"level\":\"INFO\",\"message\":\"x\"}|",
        "{\"ts\":1.5,\"lvl\":30,\"msg\":\"\"}|",
        "{\"@timestamp\":\"t\",\"log\":{\"level\":\"info\"},\"message\":\"x\"}|",
        "{\"@timestamp\":\"t\",\"log.level\":\"info\",\"message\":\"x\"}|",
        "{\"Timestamp\":\"t\",\"LogLevel\":\"Information\",\"Message\":\"x\"}|",
        "{\"timestamp\":\"t\",\"severity\":\"INFO\",\"message\":\"x\"}|",
        "{\"level\":\"INFO\",\"message\":\"x\"}|has no time",
        "{\"time\":1,\"level\":null}|has no level, no message",
        "{\"time\":1,\"level\":\"INFO\",\"message\":\"x\"} {}|is not one JSON object",
        "[1]|is not one JSON object",
        "INFO started|is not one JSON object",
        "``|is empty"
      })
  void lineIsAnEventByTheNamesOfUsualLoggers(String text, String flaw) {
    OutputLine line = new OutputLine(0, OutputLine.Stream.STDOUT, text, OutputLine.Flaw.NONE);
    assertThat(JsonEvent.flaw(line).orElse(null)).isEqualTo(flaw);
  }
}
