package dev.manyfactor.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Bytes that are not quite a request: each row is answered as it says, and nothing behind a
/// message that was refused ever runs.
///
/// Slow and silent clients are in [SlowClientTests], the stop of a server in [AdmissionTests],
/// probes beside busy processors in [ManagementServerTests]. After a change of the rows run the
/// test with `-Dwrite.pages=true`, which writes the page that lists them.
class WireRowsTests {
  private static final Path PAGE = Path.of("../../docs/reference/http.md");
  private static final String START = "<!-- from here on written by WireRowsTests -->\n";
  private static final String SMUGGLED = WireRow.line("GET /smuggled HTTP/1.1", "X: a");
  private static final AtomicInteger RUNS = new AtomicInteger();
  private static Served served;

  @BeforeAll
  static void start() {
    served =
        Served.serving(
            Served.answering("/fast", "{\"ok\":true}"),
            Echo.at("/echo"),
            Served.plain(Method.GET, "/closing", _ -> _ -> closing()),
            Served.plain(Method.POST, "/deaf", _ -> _ -> closing()),
            Served.plain(
                Method.GET,
                "/smuggled",
                _ ->
                    _ -> {
                      RUNS.incrementAndGet();
                      return Served.text("{}");
                    }));
  }

  private static Response closing() {
    return Served.text("{}").header("Connection", "close");
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  @BeforeEach
  void reset() {
    RUNS.set(0);
  }

  @ParameterizedTest
  @MethodSource("dev.manyfactor.web.WireRows#all")
  void rowIsAnsweredAndNothingIsSmuggled(WireRow row) throws IOException {
    try (Wire wire = served.connect()) {
      wire.trySend(row.bytes() + SMUGGLED);
      for (int status : row.statuses()) {
        assertAnswer(wire.read(), status);
      }
      switch (row.end()) {
        case CLOSED -> {
          assertThat(wire.isEnded()).as("the connection ends without another answer").isTrue();
          assertThat(RUNS).as("what stands behind the message").hasValue(0);
        }
        case OPEN -> {
          assertThat(wire.read().body()).isEqualTo("{}");
          assertThat(RUNS).hasValue(1);
        }
      }
    }
  }

  @Test
  void thePageListsEveryRow() throws IOException {
    String page = Files.readString(PAGE);
    String actual = page.substring(0, page.indexOf(START)) + START + table();
    if (Boolean.getBoolean("write.pages")) {
      Files.writeString(PAGE, actual);
    }
    assertThat(Files.readString(PAGE)).as("%s differs from WireRows.java", PAGE).isEqualTo(actual);
  }

  private static String table() {
    return WireRows.all()
        .map(row ->
            "| %s | %s | %s | %s |%n"
                .formatted(
                    row.group(),
                    row.name(),
                    row.statuses().stream().map(String::valueOf).collect(Collectors.joining(", ")),
                    row.end() == WireRow.End.OPEN ? "open" : "closed"))
        .collect(
            Collectors.joining(
                "", "| | bytes | answers | then |\n| --- | --- | --- | --- |\n", ""));
  }

  private static void assertAnswer(Wire.Answer answer, int status) {
    assertThat(answer.status()).isEqualTo(status);
    if (status >= 400) {
      assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
      assertThat(answer.body()).contains("\"type\":\"/problems/").contains("\"status\":" + status);
    }
  }
}
