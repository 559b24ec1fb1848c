package dev.manyfactor.prover.standin;

import dev.manyfactor.prover.standin.MetricLine.Malformed;
import dev.manyfactor.prover.standin.Scrape.Format;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads one page of metrics, line by line.
final class ScrapeReader {
  private static final int TEXT_LIMIT = 16 * 1024 * 1024;
  private static final int SAMPLE_LIMIT = 200_000;
  private static final int PROBLEM_LIMIT = 100;
  private static final Pattern MILLISECONDS = Pattern.compile("-?[0-9]+");
  private static final Pattern SECONDS =
      Pattern.compile("[-+]?[0-9]+(?:\\.[0-9]*)?(?:[eE][-+]?[0-9]+)?");
  private static final Map<Format, Set<String>> TYPES =
      Map.of(
          Format.PROMETHEUS,
          Set.of("counter", "gauge", "histogram", "summary", "untyped"),
          Format.OPENMETRICS,
          Set.of(
              "counter",
              "gauge",
              "histogram",
              "gaugehistogram",
              "stateset",
              "info",
              "summary",
              "unknown"));
  private static final List<String> SUFFIXES =
      List.of("", "_total", "_bucket", "_sum", "_count", "_created", "_info", "_gsum", "_gcount");

  private final Format format;
  private final List<Sample> samples = new ArrayList<>();
  private final Set<Series> seen = new HashSet<>();
  private final Set<String> names = new HashSet<>();
  private final Map<String, String> types = new HashMap<>();
  private final List<String> problems = new ArrayList<>();
  private boolean ended;

  ScrapeReader(Format format) {
    this.format = format;
  }

  private record Series(String name, Map<String, String> labels) {}

  Scrape read(String text) {
    if (text.length() > TEXT_LIMIT) {
      problem("the page is over 16 Mi characters; the rest is not read");
    }
    int number = 0;
    for (String line : lines(text.substring(0, Math.min(text.length(), TEXT_LIMIT)))) {
      readLine(++number, line);
    }
    checkEnd(text);
    return new Scrape(samples, types, problems);
  }

  private static List<String> lines(String text) {
    List<String> lines = List.of(text.split("\n", -1));
    return lines.getLast().isEmpty() ? lines.subList(0, lines.size() - 1) : lines;
  }

  private void checkEnd(String text) {
    if (format == Format.OPENMETRICS && !ended) {
      problem("the page does not end with \"# EOF\"");
    }
    if (format == Format.PROMETHEUS && !text.isEmpty() && !text.endsWith("\n")) {
      problem("the last line does not end with a line feed");
    }
  }

  private void readLine(int number, String text) {
    try {
      if (ended) {
        throw new Malformed("something comes after \"# EOF\"");
      }
      MetricLine line = new MetricLine(text);
      if (line.isAtEnd()) {
        if (format == Format.OPENMETRICS) {
          throw new Malformed("OpenMetrics has no empty lines");
        }
      } else if (line.takes('#')) {
        readComment(line);
      } else {
        readSample(line);
      }
    } catch (Malformed malformed) {
      problem("line %d: %s".formatted(number, malformed.getMessage()));
    }
  }

  private void readComment(MetricLine line) throws Malformed {
    String keyword = line.isAtEnd() ? "" : line.word("a keyword");
    switch (keyword) {
      case "TYPE" -> readType(line.metricName(), line.word("the type"));
      case "HELP" -> line.metricName();
      case "UNIT" -> {
        if (format == Format.OPENMETRICS) {
          line.metricName();
        }
      }
      case "EOF" -> ended = format == Format.OPENMETRICS;
      default -> {
        if (format == Format.OPENMETRICS) {
          throw new Malformed("OpenMetrics has no comments, but \"# %s\"".formatted(keyword));
        }
      }
    }
  }

  private void readType(String name, String type) throws Malformed {
    if (!TYPES.getOrDefault(format, Set.of()).contains(type)) {
      throw new Malformed("\"%s\" is not a type".formatted(type));
    }
    if (SUFFIXES.stream().anyMatch(suffix -> names.contains(name + suffix))) {
      throw new Malformed("the type of \"%s\" comes after its samples".formatted(name));
    }
    if (types.putIfAbsent(name, type) != null) {
      throw new Malformed("the type of \"%s\" is given twice".formatted(name));
    }
  }

  private void readSample(MetricLine line) throws Malformed {
    boolean braced = line.takes('{');
    String name = braced ? "" : line.metricName();
    Map<String, String> labels =
        braced || line.takes('{') ? line.labels(braced) : new LinkedHashMap<>();
    if (braced) {
      String quoted = labels.remove("");
      if (quoted == null) {
        throw new Malformed("the name of a metric is missing");
      }
      name = quoted;
    }
    double value = line.value();
    Map<String, String> exemplar = readRest(line);
    if (!seen.add(new Series(name, Map.copyOf(labels)))) {
      throw new Malformed("\"%s\" is given twice with the same labels".formatted(name));
    }
    if (samples.size() >= SAMPLE_LIMIT) {
      throw new Malformed("there are over 200,000 samples");
    }
    names.add(name);
    samples.add(new Sample(name, labels, value, exemplar));
  }

  /// A moment and an exemplar, both of which may be missing.
  private Map<String, String> readRest(MetricLine line) throws Malformed {
    if (!line.isAtEnd() && !line.isNext('#')) {
      readMoment(line);
    }
    Map<String, String> exemplar = line.takes('#') ? readExemplar(line) : Map.of();
    if (!line.isAtEnd()) {
      throw new Malformed("\"%s\" comes after the sample".formatted(line.word("the rest")));
    }
    return exemplar;
  }

  private void readMoment(MetricLine line) throws Malformed {
    String moment = line.word("the moment");
    Pattern pattern = format == Format.OPENMETRICS ? SECONDS : MILLISECONDS;
    if (!pattern.matcher(moment).matches()) {
      throw new Malformed("\"%s\" is not a moment".formatted(moment));
    }
  }

  private Map<String, String> readExemplar(MetricLine line) throws Malformed {
    if (format == Format.PROMETHEUS) {
      throw new Malformed("the format 0.0.4 has no exemplars");
    }
    if (!line.takes('{')) {
      throw new Malformed("an exemplar has no labels");
    }
    Map<String, String> labels = line.labels(false);
    double _ = line.value();
    if (!line.isAtEnd()) {
      readMoment(line);
    }
    return labels;
  }

  private void problem(String sentence) {
    if (problems.size() < PROBLEM_LIMIT) {
      problems.add(sentence);
    }
  }
}
