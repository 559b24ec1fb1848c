package dev.manyfactor.contract.writer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The shape of a piece of source, with holes.
///
/// `{name}` within a line is a word. `{name}` alone on its line is any number of lines, each
/// indented like the hole; with none the line is gone, and a blank line that then stands at the
/// start or end of a block with it.
final class Template {
  private static final Pattern HOLE = Pattern.compile("\\{([a-z][A-Za-z]*)}");
  private static final Pattern LINES = Pattern.compile("( *)\\{([a-z][A-Za-z]*)}");

  private final String shape;
  private final Map<String, List<String>> lines = new HashMap<>();
  private final Map<String, String> words = new HashMap<>();

  private Template(String shape) {
    this.shape = shape;
  }

  static Template of(String shape) {
    return new Template(shape);
  }

  Template word(String hole, String word) {
    words.put(hole, word);
    return this;
  }

  Template lines(String hole, List<String> content) {
    lines.put(hole, content);
    return this;
  }

  /// The source, each line of it ended.
  String text() {
    return String.join("\n", filled()) + "\n";
  }

  /// The source line by line, to go into a hole of another.
  List<String> filled() {
    List<String> source = new ArrayList<>();
    for (String line : shape.lines().toList()) {
      Matcher alone = LINES.matcher(line);
      if (alone.matches() && lines.containsKey(alone.group(2))) {
        lines.get(alone.group(2)).forEach(content -> add(source, alone.group(1) + content));
      } else {
        add(
            source,
            HOLE.matcher(line).replaceAll(hole -> Matcher.quoteReplacement(word(hole.group(1)))));
      }
    }
    return source;
  }

  private String word(String hole) {
    String word = words.get(hole);
    if (word == null) {
      throw new IllegalStateException("nothing fills the hole {" + hole + "} of a template");
    }
    return word;
  }

  private static void add(List<String> source, String line) {
    String last = source.isEmpty() ? "{" : source.getLast();
    boolean isBlank = line.isBlank();
    if (isBlank && (last.isEmpty() || last.endsWith("{"))) {
      return;
    }
    if (line.strip().startsWith("}") && last.isEmpty()) {
      source.removeLast();
    }
    source.add(isBlank ? "" : line);
  }
}
