package dev.manyfactor.cli;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Shows a log line to a person: a JSON object becomes time, level, message and the rest as
/// `key=value`.
///
/// Where nobody is looking, the line stays as it is. In a terminal a line that is no JSON object
/// keeps its colours, and nothing else of it steers the terminal.
///
/// @param terminal decides whether anything changes, and the colours
record LogLines(Terminal terminal) {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Set<String> SHOWN_ELSEWHERE =
      Set.of(
          "time",
          "level",
          "message",
          "logger",
          "service",
          "release",
          "process",
          "deployment",
          "span_id",
          "thread",
          "error");
  private static final Pattern KEPT = Pattern.compile("\t|\u001b\\[[0-9;]{0,20}m");
  private static final String NO_COLOUR = "\u001b[0m";
  private static final int TIME_FROM = 11; // 2026-11-20T
  private static final int TIME_TO = 23; // 10:00:00.000

  /// The line as it is shown; more than one line where an error has a stack.
  String rendered(String line) {
    if (!terminal.attended()) {
      return line;
    }
    if (!line.startsWith("{")) {
      return foreign(line);
    }
    try {
      JsonNode entry = JSON.readTree(line);
      return entry.has("message") ? rendered(entry) : foreign(line);
    } catch (JacksonException notJson) {
      return foreign(line);
    }
  }

  private String foreign(String line) {
    StringBuilder safe = new StringBuilder(line.length());
    Matcher kept = KEPT.matcher(line);
    int from = 0;
    boolean isColoured = false;
    while (kept.find()) {
      boolean isColour = !kept.group().equals("\t");
      safe.append(plain(line.substring(from, kept.start())));
      safe.append(isColour && !terminal.colourful() ? "" : kept.group());
      isColoured |= isColour && terminal.colourful();
      from = kept.end();
    }
    safe.append(plain(line.substring(from)));
    return isColoured ? safe.append(NO_COLOUR).toString() : safe.toString();
  }

  private String rendered(JsonNode entry) {
    StringBuilder text = new StringBuilder();
    time(entry).ifPresent(time -> text.append(faint(time)).append(' '));
    text.append(level(entry.path("level").asString("")));
    text.append(plain(entry.get("message").asString("")));
    StringBuilder more = new StringBuilder();
    entry
        .propertyStream()
        .filter(field -> !SHOWN_ELSEWHERE.contains(field.getKey()))
        .forEach(field ->
            more.append(' ')
                .append(plain(field.getKey()))
                .append('=')
                .append(plain(field.getValue().asString(field.getValue().toString()))));
    text.append(faint(more.toString()));
    error(entry.path("error"), text);
    return text.toString();
  }

  private static Optional<String> time(JsonNode entry) {
    String time = entry.path("time").asString("");
    return time.length() >= TIME_TO
        ? Optional.of(plain(time.substring(TIME_FROM, TIME_TO)))
        : Optional.empty();
  }

  private String level(String level) {
    String padded = "%-5s ".formatted(plain(level));
    return switch (level) {
      case "ERROR", "error" -> terminal.coloured(Colour.RED, padded);
      case "WARN", "warn" -> terminal.coloured(Colour.YELLOW, padded);
      case "" -> "";
      default -> terminal.coloured(Colour.GREEN, padded);
    };
  }

  private void error(JsonNode error, StringBuilder text) {
    if (error.isObject()) {
      text.append("\n    ")
          .append(
              terminal.coloured(
                  Colour.RED,
                  plain(
                      error.path("type").asString("")
                          + ": "
                          + error.path("message").asString(""))));
      error
          .path("stack")
          .asString("")
          .lines()
          .skip(1)
          .forEach(line -> text.append("\n    ").append(faint(plain(line))));
    }
  }

  private String faint(String text) {
    return text.isEmpty() ? "" : terminal.coloured(Colour.FAINT, text);
  }

  /// Not longer than `most` characters, in one line, and without control characters.
  static String cut(String text, int most) {
    String plain = plain(text);
    return plain.codePointCount(0, plain.length()) <= most
        ? plain
        : plain.substring(0, plain.offsetByCodePoints(0, Math.max(0, most - 2))) + " …";
  }

  /// Without control characters: what a log line quotes must not steer the terminal.
  private static String plain(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints()
        .forEach(point -> {
          if (Character.isISOControl(point)) {
            safe.append(point == '\n' ? "\\n" : point == '\t' ? " " : "\\u%04x".formatted(point));
          } else {
            safe.appendCodePoint(point);
          }
        });
    return safe.toString();
  }
}
