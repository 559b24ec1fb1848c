package dev.manyfactor.prover.rules;

import dev.manyfactor.prover.observe.OutputLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/// A line of output as an event: one JSON object with a time, a level and a message, under the
/// names that the usual loggers give them, in capital or small letters.
final class JsonEvent {
  private static final Set<String> TIMES =
      Set.of("time", "timestamp", "@timestamp", "ts", "@t", "datetime", "asctime", "eventtime");
  private static final Set<String> LEVELS =
      Set.of(
          "level",
          "severity",
          "lvl",
          "loglevel",
          "log.level",
          "levelname",
          "level_name",
          "@l",
          "severitytext");
  private static final Set<String> MESSAGES =
      Set.of("message", "msg", "event", "body", "@m", "@mt");
  private static final ObjectReader READER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  private JsonEvent() {}

  /// What a line lacks, in words; empty if it is an event.
  static Optional<String> flaw(OutputLine line) {
    if (line.flaw() == OutputLine.Flaw.BINARY) {
      return Optional.of("is binary");
    }
    if (line.flaw() == OutputLine.Flaw.CUT) {
      return line.text().startsWith("{")
          ? Optional.empty() // too long to be parsed
          : Optional.of("is not JSON");
    }
    try {
      return lacking(READER.readValue(line.text()));
    } catch (JacksonException none) {
      return Optional.of(line.text().isBlank() ? "is empty" : "is not one JSON object");
    }
  }

  private static Optional<String> lacking(JsonNode event) {
    if (!event.isObject()) {
      return Optional.of("is not one JSON object");
    }
    Set<String> names =
        event.properties().stream()
            .filter(member -> !member.getValue().isNull())
            .map(member -> member.getKey().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    if (event.path("log").has("level")) {
      names.add("level");
    }
    List<String> missing = new ArrayList<>();
    require("time", TIMES, names, missing);
    require("level", LEVELS, names, missing);
    require("message", MESSAGES, names, missing);
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of("has no " + String.join(", no ", missing));
  }

  private static void require(
      String what, Set<String> usual, Set<String> names, List<String> missing) {
    if (usual.stream().noneMatch(names::contains)) {
      missing.add(what);
    }
  }
}
