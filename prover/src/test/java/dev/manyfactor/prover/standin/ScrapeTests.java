package dev.manyfactor.prover.standin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.prover.standin.Scrape.Format;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ScrapeTests {
  @Test
  void readsSamplesLabelsAndEscapes() {
    Scrape page =
        Scrape.read(
            """
            # HELP msdos_file_access_time_seconds A \\\\ help with "quotes"
            # TYPE msdos_file_access_time_seconds gauge
            # any comment

            msdos_file_access_time_seconds{path="C:\\\\DIR\\\\F.TXT",error="no\\n\\"x\\"",} 1.458e9
            metric_without_timestamp_and_labels 12.47
              spaced  { a = "b" , c = "}," }  -3  1395066363000
            """,
            Format.PROMETHEUS);
    assertThat(page.problems()).isEmpty();
    assertThat(page.types()).isEqualTo(Map.of("msdos_file_access_time_seconds", "gauge"));
    assertThat(page.samples())
        .containsExactly(
            new Sample(
                "msdos_file_access_time_seconds",
                Map.of("path", "C:\\DIR\\F.TXT", "error", "no\n\"x\""),
                1.458e9,
                Map.of()),
            new Sample("metric_without_timestamp_and_labels", Map.of(), 12.47, Map.of()),
            new Sample("spaced", Map.of("a", "b", "c", "},"), -3, Map.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "NaN, NaN",
    "+Inf, Infinity",
    "-Inf, -Infinity",
    "inf, Infinity",
    "1, 1",
    ".5, 0.5",
    "+3.e2, 300"
  })
  void readsEveryNotationOfAValue(String text, double value) {
    assertThat(Scrape.read("a " + text + "\n", Format.PROMETHEUS).samples())
        .containsExactly(new Sample("a", Map.of(), value, Map.of()));
  }

  @Test
  void readsExemplarsAndMomentsOfOpenMetrics() {
    Scrape page =
        Scrape.read(
            """
            # TYPE foo histogram
            # UNIT foo seconds
            foo_bucket{le="1"} 11 1520879607.7 # {trace_id="KOO5S4vxi0o"} 0.67
            foo_bucket{le="+Inf"} 17 # {trace_id="oHg5SJYRHA0"} 9.8 1520879607.789
            foo_count 17
            {"my.metric",x="1"} 2
            # EOF
            """,
            Format.OPENMETRICS);
    assertThat(page.problems()).isEmpty();
    assertThat(page.named("foo_bucket"))
        .extracting(sample -> sample.exemplar().get("trace_id"))
        .containsExactly("KOO5S4vxi0o", "oHg5SJYRHA0");
    assertThat(page.sum("foo_bucket", Map.of("le", "+Inf"))).hasValue(17);
    assertThat(page.sum("foo_bucket", Map.of())).hasValue(28);
    assertThat(page.sum("my.metric", Map.of("x", "1"))).hasValue(2);
    assertThat(page.sum("bar", Map.of())).isEmpty();
  }

  @Test
  void namesEveryProblemAndReadsTheRest() {
    Scrape page =
        Scrape.read(
            """
            1a 1
            a{b="c" d="e"} 1
            a{b="c",b="d"} 1
            a{b=c} 1
            a{b="c} 1
            a{b="\\t"} 1
            a
            a 0x10
            a 1 1.5
            a 1 2 3
            good 1
            good 2
            # TYPE good counter
            # TYPE x thing
            # TYPE y gauge
            # TYPE y gauge
            a 1 # {trace_id="x"} 1
            \0\1 binary
            also_good 1\
            """,
            Format.PROMETHEUS);
    assertThat(page.samples()).extracting(Sample::name).containsExactly("good", "also_good");
    assertThat(page.problems())
        .containsExactly(
            "line 1: the name of a metric is missing at character 1",
            "line 2: \",\" or \"}\" is missing after a label",
            "line 3: the label \"b\" is given twice",
            "line 4: a quote is missing at character 5",
            "line 5: a text in quotes does not end",
            "line 6: \"\\t\" is not an escape",
            "line 7: the value is missing",
            "line 8: \"0x10\" is not a value",
            "line 9: \"1.5\" is not a moment",
            "line 10: \"3\" comes after the sample",
            "line 12: \"good\" is given twice with the same labels",
            "line 13: the type of \"good\" comes after its samples",
            "line 14: \"thing\" is not a type",
            "line 16: the type of \"y\" is given twice",
            "line 17: the format 0.0.4 has no exemplars",
            "line 18: the name of a metric is missing at character 1",
            "the last line does not end with a line feed");
  }

  @Test
  void holdsOpenMetricsToItsEnd() {
    assertThat(Scrape.read("a 1\n", Format.OPENMETRICS).problems())
        .containsExactly("the page does not end with \"# EOF\"");
    assertThat(Scrape.read("# EOF\na 1\n", Format.OPENMETRICS).problems())
        .containsExactly("line 2: something comes after \"# EOF\"");
    assertThat(Scrape.Format.of("application/openmetrics-text; version=1.0.0"))
        .isEqualTo(Format.OPENMETRICS);
    assertThat(Scrape.Format.of("text/plain; version=0.0.4")).isEqualTo(Format.PROMETHEUS);
  }

  @Test
  void isBounded() {
    StringBuilder garbage = new StringBuilder();
    IntStream.range(0, 5_000).forEach(i -> garbage.append("!\n"));
    assertThat(Scrape.read(garbage.toString(), Format.PROMETHEUS).problems()).hasSize(100);
    StringBuilder flood = new StringBuilder();
    IntStream.range(0, 200_005).forEach(i -> flood.append("a").append(i).append(" 1\n"));
    Scrape page = Scrape.read(flood.toString(), Format.PROMETHEUS);
    assertThat(page.samples()).hasSize(200_000);
    assertThat(page.problems()).hasSize(5).last().asString().contains("over 200,000 samples");
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void readsWhatTheWriterOfPrometheusWrites(Format format) throws IOException {
    ExpositionFormatWriter writer =
        switch (format) {
          case PROMETHEUS -> PrometheusTextFormatWriter.create();
          case OPENMETRICS -> OpenMetricsTextFormatWriter.create();
        };
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    writer.write(text, snapshots(), EscapingScheme.ALLOW_UTF8);
    Scrape page =
        Scrape.read(text.toString(StandardCharsets.UTF_8), Format.of(writer.getContentType()));
    assertThat(page.problems()).as(text.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(page.sum("calls_total", Map.of("path", "a\"b\\c\nd"))).hasValue(7);
    assertThat(page.sum("with.dots", Map.of("also.dots", "x"))).hasValue(Double.POSITIVE_INFINITY);
    assertThat(page.sum("took_seconds_bucket", Map.of("le", "+Inf"))).hasValue(3);
    assertThat(page.sum("took_seconds_sum", Map.of())).hasValue(1.25);
    assertThat(page.named("calls_total").getFirst().exemplar())
        .hasSize(format == Format.OPENMETRICS ? 2 : 0);
  }

  private static MetricSnapshots snapshots() {
    return new MetricSnapshots(
        CounterSnapshot.builder()
            .name("calls")
            .help("How many \\ calls\nthere were")
            .dataPoint(
                CounterSnapshot.CounterDataPointSnapshot.builder()
                    .value(7)
                    .labels(Labels.of("path", "a\"b\\c\nd"))
                    .exemplar(Exemplar.builder().value(1).traceId("abc").spanId("def").build())
                    .build())
            .build(),
        GaugeSnapshot.builder()
            .name("with.dots")
            .dataPoint(
                GaugeSnapshot.GaugeDataPointSnapshot.builder()
                    .value(Double.POSITIVE_INFINITY)
                    .labels(Labels.of("also.dots", "x"))
                    .build())
            .build(),
        HistogramSnapshot.builder()
            .name("took_seconds")
            .dataPoint(
                HistogramSnapshot.HistogramDataPointSnapshot.builder()
                    .sum(1.25)
                    .classicHistogramBuckets(
                        ClassicHistogramBuckets.of(
                            List.of(0.1, Double.POSITIVE_INFINITY), List.of(1L, 2L)))
                    .build())
            .build());
  }
}
