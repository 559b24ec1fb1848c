package dev.manyfactor.contract.writer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// Documentation comments in Markdown, from the descriptions of the contract.
///
/// Paragraphs are filled to the width; lists, tables, headings and code stay as they are.
final class Comment {
  private static final Pattern KEPT =
      Pattern.compile("(\\s{4,}|\\s*([-*+|>#]|[0-9]+[.)])\\s?|```|~~~).*");

  /// A backslash that begins a Unicode escape (JLS 3.3): one more in front of it makes it text.
  private static final Pattern UNICODE_ESCAPE = Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*)\\\\u");

  private final int width;
  private final List<String> lines = new ArrayList<>();

  private Comment(int indent) {
    this.width = Layout.WIDTH - indent - "/// ".length();
  }

  /// A comment that will be moved to the right by `indent`.
  static Comment at(int indent) {
    return new Comment(indent);
  }

  /// Adds a paragraph or several, after a blank line; nothing if the text is empty.
  Comment text(String markdown) {
    if (markdown.isBlank()) {
      return this;
    }
    separate();
    List<String> paragraph = new ArrayList<>();
    boolean isCode = false;
    for (String line : safe(markdown).lines().toList()) {
      boolean isFence = line.strip().startsWith("```") || line.strip().startsWith("~~~");
      if (isCode || isFence || line.isBlank() || KEPT.matcher(line).matches()) {
        fill(paragraph, "", "");
        lines.add(line.stripTrailing());
        isCode ^= isFence;
      } else {
        paragraph.add(line.strip());
      }
    }
    fill(paragraph, "", "");
    return this;
  }

  /// Adds a block tag such as `@param id what it is`; nothing if there is nothing to say of it.
  Comment tag(String tag, String markdown) {
    String text =
        safe(markdown)
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .reduce("", (all, line) -> all + " " + line);
    if (!text.isBlank()) {
      boolean isFirst = lines.stream().noneMatch(line -> line.startsWith("@"));
      if (isFirst) {
        separate();
      }
      fill(new ArrayList<>(List.of(text.strip())), tag + " ", "    ");
    }
    return this;
  }

  /// The lines, each behind `///`.
  List<String> lines() {
    return lines.stream().map(line -> line.isEmpty() ? "///" : "/// " + line).toList();
  }

  private void separate() {
    if (!lines.isEmpty()) {
      lines.add("");
    }
  }

  /// Adds a paragraph as lines of at most the width, and empties it.
  private void fill(List<String> paragraph, String first, String others) {
    if (paragraph.isEmpty()) {
      return;
    }
    StringBuilder line = new StringBuilder(first);
    int start = line.length();
    for (String word : Arrays.asList(String.join(" ", paragraph).split(" +"))) {
      if (line.length() > start && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line = new StringBuilder(others);
        start = line.length();
      }
      line.append(line.length() > start ? " " : "").append(word);
    }
    lines.add(line.toString());
    paragraph.clear();
  }

  /// Without what the compiler or the documentation tool would take for a command.
  private static String safe(String markdown) {
    return UNICODE_ESCAPE
        .matcher(markdown.strip())
        .replaceAll("$1\\\\\\\\u")
        .replaceAll("(?m)^(\\s*)@", "$1&#64;");
  }
}
