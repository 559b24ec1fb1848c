package dev.manyfactor.prover.standin;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/// A page of metrics as Prometheus reads it: the text format 0.0.4, or OpenMetrics 1.0.
///
/// ```java
/// Scrape page = Scrape.read(body, Scrape.Format.of(contentType));
/// OptionalDouble retries = page.sum("http_client_retries_total", Map.of("upstream", "mail"));
/// ```
///
/// It is strict: what a line is not understood for, is named with the line, all of them at once,
/// and the other lines are read nevertheless. At most 16 Mi characters, 200,000 samples and 100
/// problems are taken in.
///
/// @param types the type of each family that declares one: `counter`, `gauge`, ...
/// @param problems where the page breaks the format, one sentence each
public record Scrape(List<Sample> samples, Map<String, String> types, List<String> problems) {
  /// Copies what could change.
  public Scrape {
    samples = List.copyOf(samples);
    types = Map.copyOf(types);
    problems = List.copyOf(problems);
  }

  /// How a page is written.
  public enum Format {
    /// The text format of Prometheus, 0.0.4.
    PROMETHEUS,
    /// OpenMetrics, 1.0.
    OPENMETRICS;

    /// By the `Content-Type` of an answer.
    public static Format of(String contentType) {
      return contentType.toLowerCase(Locale.ROOT).startsWith("application/openmetrics-text")
          ? OPENMETRICS
          : PROMETHEUS;
    }
  }

  /// Reads a page.
  public static Scrape read(String text, Format format) {
    return new ScrapeReader(format).read(text);
  }

  /// The samples of this name.
  public List<Sample> named(String name) {
    return samples.stream().filter(sample -> sample.name().equals(name)).toList();
  }

  /// The sum of the samples of this name that have these labels; empty if there is none.
  public OptionalDouble sum(String name, Map<String, String> labels) {
    List<Sample> found = named(name).stream().filter(sample -> sample.has(labels)).toList();
    return found.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(found.stream().mapToDouble(Sample::value).sum());
  }
}
