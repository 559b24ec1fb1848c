package dev.manyfactor.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.manyfactor.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Bodies that are made while they are sent: whole, or visibly broken.
class DownloadTests {
  private static final String LINE = "a line of thirty-two characters\n";
  private static final int LARGE = 10_000;

  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final OpenTelemetrySdk sdk =
      OpenTelemetrySdk.builder()
          .setTracerProvider(
              SdkTracerProvider.builder()
                  .addSpanProcessor(SimpleSpanProcessor.create(spans))
                  .build())
          .build();
  private final Served served =
      Served.with(
          Served.setup().openTelemetry(sdk),
          sending("/small", Download.of("text/csv", out -> out.text("a,b\n"))),
          sending("/none", Download.of("text/csv", out -> {})),
          sending("/large", Download.of("text/csv", out -> lines(out, LARGE))),
          sending(
              "/known",
              Download.from(
                      "text/csv",
                      () -> new ByteArrayInputStream(LINE.getBytes(StandardCharsets.UTF_8)))
                  .length(LINE.length())
                  .named("Größe \"1\".csv")),
          sending(
              "/known-large",
              Download.of("text/csv", out -> lines(out, LARGE))
                  .length((long) LARGE * LINE.length())),
          sending("/late", Download.of("text/csv", DownloadTests::failLate)),
          sending(
              "/late-known",
              Download.of("text/csv", DownloadTests::failLate).length(2L * LARGE * LINE.length())),
          sending("/early", Download.of("text/csv", DownloadTests::failEarly)),
          sending("/short", Download.of("text/csv", out -> lines(out, LARGE)).length(1_000_000)),
          sending("/short-small", Download.of("text/csv", out -> out.text("a")).length(2)),
          sending("/long", Download.of("text/csv", out -> lines(out, LARGE)).length(100_000)),
          sending("/other", Download.of("text/plain", out -> out.text("a"))),
          sending("/endless", Download.of("text/csv", DownloadTests::endless), 300));

  private static Operation sending(String path, Download download) {
    return sending(path, download, 15_000);
  }

  private static Operation sending(String path, Download download, int millis) {
    Preparation<Context> preparation = _ -> _ -> Response.download(200, "text/csv", download);
    return new Operation(
            path,
            Method.GET,
            path,
            new Access.Public(),
            new Idempotent.Safe(),
            Duration.ofMillis(millis),
            BodyRule.NONE,
            new Handler.Plain(preparation))
        .producing("text/csv");
  }

  private static void lines(DownloadStream out, int count) {
    for (int line = 0; line < count; line++) {
      out.text(LINE);
    }
  }

  private static void failLate(DownloadStream out) throws IOException {
    lines(out, LARGE);
    throw new IOException("a disk that broke");
  }

  private static void failEarly(DownloadStream out) {
    lines(out, 10);
    throw new IllegalStateException("a bug");
  }

  private static void endless(DownloadStream out) {
    while (true) {
      out.text(LINE);
    }
  }

  @AfterEach
  void stop() {
    served.close();
    sdk.close();
  }

  @Test
  void smallOneHasItsLengthAndALargeOneComesInChunks() throws IOException {
    Wire.Answer small = served.get("/small");
    assertThat(small.body()).isEqualTo("a,b\n");
    assertThat(small.header("content-length")).isEqualTo("4");
    assertThat(small.header("content-type")).isEqualTo("text/csv");
    assertThat(small.header("x-content-type-options")).isEqualTo("nosniff");
    Wire.Answer large = served.get("/large");
    assertThat(large.body()).isEqualTo(LINE.repeat(LARGE));
    assertThat(large.header("transfer-encoding")).isEqualTo("chunked");
    Wire.Answer none = served.get("/none");
    assertThat(none.status()).isEqualTo(200);
    assertThat(none.header("content-length")).isEqualTo("0");
  }

  @Test
  void connectionGoesOnAfterADownload() throws IOException {
    try (Wire wire = served.connect()) {
      for (String path : new String[] {"/large", "/small", "/known-large", "/none", "/known"}) {
        assertThat(wire.send(Served.request("GET", path) + "\r\n").read().status()).isEqualTo(200);
      }
    }
  }

  @Test
  void knownLengthIsTold() throws IOException {
    Wire.Answer known = served.get("/known");
    assertThat(known.body()).isEqualTo(LINE);
    assertThat(known.header("content-length")).isEqualTo("32");
    assertThat(known.header("content-disposition"))
        .isEqualTo(
            "attachment; filename=\"Gr__e _1_.csv\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%221%22.csv");
    Wire.Answer large = served.get("/known-large");
    assertThat(large.header("content-length")).isEqualTo("320000");
    assertThat(large.body()).isEqualTo(LINE.repeat(LARGE));
  }

  @ParameterizedTest
  @CsvSource({"/known, 32", "/known-large, 320000", "/large, ''", "/small, ''", "/endless, ''"})
  void headIsAnsweredWithoutMakingTheBody(String path, String length) throws IOException {
    try (Wire wire = served.connect()) {
      Wire.Answer head = wire.send(Served.request("HEAD", path) + "\r\n").readHead();
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.header("content-type")).isEqualTo("text/csv");
      assertThat(head.header("content-length")).isEqualTo(length);
      assertThat(wire.send(Served.request("GET", "/small") + "\r\n").read().body())
          .isEqualTo("a,b\n");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/late, X: y",
    "/late-known, X: y",
    "/short, X: y",
    "/long, X: y",
    "/late, Connection: close",
  })
  void failureAfterTheFirstBytesBreaksTheConnection(String path, String header) throws Exception {
    assertThatThrownBy(() -> served.get(path, header)).isInstanceOf(IOException.class);
    assertThat(recordedStatus()).isEqualTo(500);
    assertThat(served.get("/small").status()).isEqualTo(200);
  }

  @Test
  void clientThatKnowsNoChunksIsResetAfterAFailure() throws Exception {
    try (Wire wire = served.connect()) {
      wire.send("GET /late HTTP/1.0\r\nHost: localhost\r\n\r\n");
      assertThat(wire.isReset()).isTrue();
    }
    try (Wire wire = served.connect()) {
      wire.send("GET /large HTTP/1.0\r\nHost: localhost\r\n\r\n");
      assertThat(wire.isReset()).isFalse();
    }
  }

  /// The status under which the first request is counted, once it is.
  private long recordedStatus() throws InterruptedException {
    for (int i = 0; i < 1000 && spans.getFinishedSpanItems().isEmpty(); i++) {
      Thread.sleep(20);
    }
    SpanData span = spans.getFinishedSpanItems().getFirst();
    return span.getAttributes().asMap().get(Labels.STATUS) instanceof Long status ? status : 0;
  }

  @ParameterizedTest
  @ValueSource(strings = {"/early", "/short-small", "/other"})
  void failureBeforeTheFirstBytesIsAProblem(String path) throws IOException {
    Wire.Answer answer = served.get(path);
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
    assertThat(answer.headers()).doesNotContainKey("content-disposition");
    assertThat(answer.body()).contains("/problems/internal-error").doesNotContain("bug");
  }

  @Test
  void mediaTypeThatTheClientDoesNotTakeIsRefusedBefore() throws IOException {
    assertThat(served.get("/endless", "Accept: application/json").status()).isEqualTo(406);
  }

  @Test
  void downloadEndsAtTheDeadlineHoweverFastTheClientIs() throws Exception {
    try (Wire wire = served.connect()) {
      assertThat(wire.send(Served.request("GET", "/endless") + "\r\n").isReset()).isTrue();
    }
    assertThat(recordedStatus()).isEqualTo(504);
    assertThat(served.server().inFlight().awaitNone(Duration.ofSeconds(20))).isTrue();
  }

  @Test
  void clientThatNeverReadsIsCutOffAtTheDeadline() throws Exception {
    try (Wire wire = served.connect()) {
      wire.send(Served.request("GET", "/endless") + "\r\n");
      assertThat(recordedStatus()).isEqualTo(504);
      assertThat(served.server().inFlight().awaitNone(Duration.ofSeconds(20))).isTrue();
    }
  }

  @Test
  void clientThatLeavesEndsTheDownload() throws Exception {
    try (Wire wire = served.connect()) {
      wire.send(Served.request("GET", "/large") + "\r\n");
    }
    assertThat(served.server().inFlight().awaitNone(Duration.ofSeconds(20))).isTrue();
  }

  @Test
  void drainingServerClosesTheConnectionAfterTheDownload() throws IOException {
    served.server().drain();
    Wire.Answer large = served.get("/large");
    assertThat(large.closes()).isTrue();
    assertThat(large.body()).hasSize(LARGE * LINE.length());
  }

  @Test
  void nameAndLengthHaveRules() {
    Download download = Download.of("text/csv", out -> {});
    assertThatThrownBy(() -> download.named("a\nb")).hasMessageContaining("control characters");
    assertThatThrownBy(() -> download.named(" ")).hasMessageContaining("visible");
    assertThatThrownBy(() -> download.length(-1)).hasMessageContaining("0 or more");
  }
}
