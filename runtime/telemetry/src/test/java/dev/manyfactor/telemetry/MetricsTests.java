package dev.manyfactor.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.manyfactor.context.Release;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsTests {
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{([a-zA-Z_][a-zA-Z0-9_]*=\"([^\"\\\\\n]|\\\\[\\\\n\"])*\",?)*})?"
              + " ([-+0-9.eE]+|NaN|[-+]Inf)");

  private final Telemetry telemetry =
      Telemetry.start(
          new Release("payments", "4f2c1aa", "dev"), "web", new TelemetrySettings(LogLevel.INFO));
  private final Meter meter = telemetry.openTelemetry().getMeter("test");

  @AfterEach
  void close() {
    telemetry.close();
  }

  private List<String> samples(String name) {
    return telemetry.prometheusText().lines().filter(line -> line.startsWith(name)).toList();
  }

  @Test
  void theWholeTextFollowsTheFormat() {
    meter.counterBuilder("odd").build().add(1, odd("a\"b\\c\nd"));

    List<String> lines = telemetry.prometheusText().lines().toList();

    assertThat(lines).hasSizeGreaterThan(20);
    assertThat(lines)
        .allMatch(line -> line.matches("# (HELP|TYPE) .+") || SAMPLE.matcher(line).matches());
  }

  private static Attributes odd(String value) {
    return Attributes.of(AttributeKey.stringKey("path"), value);
  }

  @Test
  void aDurationInSecondsHasOneScaleAndAConventionalName() {
    var durations = meter.histogramBuilder("http.server.request.duration").setUnit("s").build();
    durations.record(0.004, odd("/v1/payments"));

    assertThat(samples("http_server_request_duration_seconds_bucket"))
        .contains(
            "http_server_request_duration_seconds_bucket"
                + "{path=\"/v1/payments\",service_version=\"4f2c1aa\",le=\"0.0025\"} 0",
            "http_server_request_duration_seconds_bucket"
                + "{path=\"/v1/payments\",service_version=\"4f2c1aa\",le=\"0.005\"} 1")
        .hasSize(18);
    assertThat(samples("http_server_request_duration_seconds_count")).hasSize(1);
  }

  @Test
  void twoModulesMayCountIntoOneName() {
    meter.counterBuilder("dependency.errors").build().add(2, odd("cards"));
    telemetry
        .openTelemetry()
        .getMeter("other")
        .counterBuilder("dependency.errors")
        .build()
        .add(1, odd("database"));

    assertThat(samples("dependency_errors_total"))
        .containsExactlyInAnyOrder(
            "dependency_errors_total{path=\"cards\",service_version=\"4f2c1aa\"} 2.0",
            "dependency_errors_total{path=\"database\",service_version=\"4f2c1aa\"} 1.0");
  }

  @Test
  void seriesWithoutEndAreFoldedIntoOne() {
    var counter = meter.counterBuilder("seen").build();
    for (int i = 0; i < 5_000; i++) {
      counter.add(1, odd("/" + i));
    }

    assertThat(samples("seen_total")).hasSizeLessThanOrEqualTo(2_000);
    assertThat(telemetry.prometheusText()).contains("otel_metric_overflow=\"true\"");
  }

  @Test
  void theProcessSaysWhatItIsAndWhatItUses() {
    assertThat(samples("target_info"))
        .containsExactly(
            "target_info{deployment_environment_name=\"dev\",manyfactor_process=\"web\","
                + "service_name=\"payments\",service_version=\"4f2c1aa\"} 1");
    double start = value("process_start_time_seconds");
    assertThat(Math.round(start * 1000))
        .isCloseTo(ManagementFactory.getRuntimeMXBean().getStartTime(), within(1L));
    assertThat(value("process_cpu_time_seconds_total")).isPositive();
    assertThat(value("process_memory_usage_bytes")).isGreaterThan(10_000_000);
    assertThat(value("process_open_file_descriptor_count")).isPositive();
    assertThat(value("jvm_thread_count")).isPositive();
    assertThat(samples("jvm_memory_used_bytes{")).hasSizeGreaterThan(3);
    assertThat(samples("jvm_gc_collections_total")).isNotEmpty();
  }

  private double value(String name) {
    String sample = samples(name).getFirst();
    return Double.parseDouble(sample.substring(sample.lastIndexOf(' ')));
  }
}
