package dev.manyfactor.faults;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// Which statement the messages of one session are about, by the names that the client gives.
///
/// It keeps the last 1,000 names of each sort. For one thread.
final class PreparedTexts {
  private static final int NAMES = 1_000;
  private static final int LONGEST = 1_000;

  /// A text or a number that somebody has written into a statement.
  private static final Pattern VALUE =
      Pattern.compile(
          "[eE]'(?:[^'\\\\]|\\\\.|'')*'|'(?:[^']|'')*'|(?<![\\w$.])-?[0-9]+(?:\\.[0-9]+)?(?!\\w)");

  private final Map<String, String> statements = bounded();
  private final Map<String, String> portals = bounded();
  private String executed = "";

  /// The text that a message is about; empty when there is none.
  String of(PostgresMessage.Kind kind, Frame frame) {
    return switch (kind) {
      case QUERY -> executed(withoutValues(frame.text(0)));
      case PARSE -> {
        String text = oneLine(frame.text(frame.behindText(0)));
        statements.put(frame.text(0), text);
        yield text;
      }
      case BIND -> {
        String text = statements.getOrDefault(frame.text(frame.behindText(0)), "");
        portals.put(frame.text(0), text);
        yield text;
      }
      case DESCRIBE -> named(frame).getOrDefault(frame.text(1), "");
      case CLOSE -> {
        String text = named(frame).remove(frame.text(1));
        yield text == null ? "" : text;
      }
      case EXECUTE -> executed(portals.getOrDefault(frame.text(0), ""));
      case SYNC -> {
        String text = executed;
        executed = "";
        yield text;
      }
      case STARTUP,
          PASSWORD,
          FLUSH,
          FUNCTION_CALL,
          COPY_DATA,
          COPY_DONE,
          COPY_FAIL,
          TERMINATE,
          OTHER ->
          "";
    };
  }

  private String executed(String text) {
    executed = text;
    return text;
  }

  private Map<String, String> named(Frame frame) {
    return frame.begins('S') ? statements : portals;
  }

  /// Drivers that prepare nothing put the values into the text, and it would be another each time.
  private static String withoutValues(String text) {
    return oneLine(VALUE.matcher(text).replaceAll("?"));
  }

  private static String oneLine(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST);
  }

  private static Map<String, String> bounded() {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
        return size() > NAMES;
      }
    };
  }
}
