package dev.manyfactor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogLinesTests {
  private static final String LINE =
      "{\"time\":\"2026-11-20T10:00:00.123456Z\",\"level\":\"INFO\",\"message\":\"captured\","
          + "\"logger\":\"x\",\"service\":\"payments\",\"release\":\"abc\",\"process\":\"worker\","
          + "\"deployment\":\"dev\",\"trace_id\":\"4bf9\",\"span_id\":\"00f0\",\"tenant\":\"acme\",\"attempts\":2}";

  @Test
  void aPersonSeesTimeLevelMessageAndTheRest() {
    assertThat(lines(true, false).rendered(LINE))
        .isEqualTo("10:00:00.123 INFO  captured trace_id=4bf9 tenant=acme attempts=2");
  }

  @Test
  void aProgramGetsTheLineAsItIs() {
    assertThat(lines(false, false).rendered(LINE)).isEqualTo(LINE);
  }

  @Test
  void colourIsThereOnlyWhereItIsWanted() {
    assertThat(lines(true, true).rendered(LINE)).contains("\u001b[32mINFO");
    assertThat(lines(true, false).rendered(LINE)).doesNotContain("\u001b");
    assertThat(Terminal.wantsColour(Map.of("TERM", "xterm"))).isTrue();
    assertThat(Terminal.wantsColour(Map.of("TERM", "xterm", "NO_COLOR", "1"))).isFalse();
    assertThat(Terminal.wantsColour(Map.of("TERM", "dumb"))).isFalse();
    assertThat(Terminal.wantsColour(Map.of())).isFalse();
  }

  @Test
  void anErrorShowsTypeMessageAndStack() {
    String line =
        "{\"level\":\"ERROR\",\"message\":\"failed\",\"error\":{\"type\":\"java.io.IOException\",\"message\":\"gone\",\"stack\":\"java.io.IOException: gone\\n\\tat a.B.c(B.java:1)\"}}";
    assertThat(lines(true, false).rendered(line))
        .isEqualTo("ERROR failed\n    java.io.IOException: gone\n     at a.B.c(B.java:1)");
  }

  @Test
  void whatALineQuotesDoesNotSteerTheTerminal() {
    String line = "{\"level\":\"INFO\",\"message\":\"name is \\u001b[2Jx\\nmf: all is well\"}";
    assertThat(lines(true, false).rendered(line))
        .isEqualTo("INFO  name is \\u001b[2Jx\\nmf: all is well");
  }

  @Test
  void aLineOfAnotherProgramKeepsItsColoursAndSteersNothing() {
    String line = "\u001b[31mred\tis\u001b[2J\u001b]0;title\u0007 gone";
    assertThat(lines(false, false).rendered(line)).isEqualTo(line);
    assertThat(lines(true, true).rendered(line))
        .isEqualTo("\u001b[31mred\tis\\u001b[2J\\u001b]0;title\\u0007 gone\u001b[0m");
    assertThat(lines(true, false).rendered(line))
        .isEqualTo("red\tis\\u001b[2J\\u001b]0;title\\u0007 gone");
    assertThat(lines(true, true).rendered("{\u001b[2J")).isEqualTo("{\\u001b[2J");
  }

  @Test
  void whatIsNoLogEntryStaysAsItIs() {
    for (String line : new String[] {"plain", "{not json", "{\"answer\":42}", ""}) {
      assertThat(lines(true, true).rendered(line)).isEqualTo(line);
    }
  }

  private static LogLines lines(boolean attended, boolean colourful) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new LogLines(new Terminal(nowhere, nowhere, attended, colourful));
  }
}
