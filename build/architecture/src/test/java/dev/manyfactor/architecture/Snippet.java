package dev.manyfactor.architecture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Code that a page shows: a fenced block of Java, SQL or YAML. The last link of the paragraph
/// before it says which file it is taken from; a line with nothing but `…` stands for lines left
/// out.
///
/// @param page the Markdown file, relative to the root
/// @param source what that link leads to; empty if there is none
/// @param lines the block
record Snippet(String page, Optional<String> source, List<String> lines) {
  private static final Pattern FENCE = Pattern.compile("(?m)^```(java|sql|yaml)\\n((?s).*?)^```");
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s#]+)\\)");
  private static final String LEFT_OUT = "…";

  /// The snippets of a page.
  static List<Snippet> of(String page, String text) {
    List<Snippet> snippets = new ArrayList<>();
    FENCE
        .matcher(text)
        .results()
        .forEach(block -> {
          String before = text.substring(0, block.start()).stripTrailing();
          String paragraph = before.substring(before.lastIndexOf("\n\n") + 1);
          snippets.add(new Snippet(page, lastLink(paragraph), block.group(2).lines().toList()));
        });
    return snippets;
  }

  private static Optional<String> lastLink(String paragraph) {
    return LINK.matcher(paragraph).results().map(link -> link.group(1)).reduce((a, b) -> b);
  }

  /// Whether its lines are in the source, in this order, white space at their ends aside.
  boolean isIn(String text) {
    List<String> rest = stripped(text.lines().toList());
    for (List<String> part : parts()) {
      int at = indexOf(part, rest);
      if (at < 0) {
        return false;
      }
      rest = rest.subList(at + part.size(), rest.size());
    }
    return true;
  }

  private List<List<String>> parts() {
    String joined = String.join("\n", stripped(lines));
    return Arrays.stream(joined.split("\n" + LEFT_OUT + "\n"))
        .map(part -> part.lines().toList())
        .toList();
  }

  private static int indexOf(List<String> part, List<String> lines) {
    for (int at = 0; at + part.size() <= lines.size(); at++) {
      if (lines.subList(at, at + part.size()).equals(part)) {
        return at;
      }
    }
    return -1;
  }

  private static List<String> stripped(List<String> lines) {
    return lines.stream().map(String::strip).toList();
  }

  @Override
  public String toString() {
    return page + ": " + source.orElse("no source") + ": " + lines.getFirst();
  }
}
