package dev.manyfactor.prover.page;

import java.util.ArrayDeque;
import java.util.Deque;

/// Builds a document. Whatever is not a tag or the name of an attribute is escaped here, so that no
/// text of a service becomes markup.
final class Html {
  private final StringBuilder document = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /// Opens an element.
  ///
  /// @param attributes names and values in turn
  Html open(String tag, String... attributes) {
    tag(tag, attributes);
    open.push(tag);
    return this;
  }

  /// An element that has no content: `meta`, `rect`.
  Html empty(String tag, String... attributes) {
    tag(tag, attributes);
    return this;
  }

  /// A whole element with a text in it.
  Html element(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close();
  }

  /// A text.
  Html text(String text) {
    document.append(escaped(text));
    return this;
  }

  /// Closes what was opened last.
  Html close() {
    document.append("</").append(open.pop()).append('>');
    return this;
  }

  /// Our own text that is no HTML: a style sheet.
  Html verbatim(String own) {
    document.append(own);
    return this;
  }

  /// A line of the source, for whoever reads it.
  Html line() {
    document.append('\n');
    return this;
  }

  private void tag(String tag, String... attributes) {
    document.append('<').append(tag);
    for (int index = 0; index + 1 < attributes.length; index += 2) {
      document
          .append(' ')
          .append(attributes[index])
          .append("=\"")
          .append(escaped(attributes[index + 1]))
          .append('"');
    }
    document.append(isVoid(tag) ? ">" : isDrawn(tag) ? "/>" : ">");
  }

  private static boolean isVoid(String tag) {
    return tag.equals("meta") || tag.equals("br");
  }

  private static boolean isDrawn(String tag) {
    return tag.equals("rect") || tag.equals("circle") || tag.equals("line");
  }

  private static String escaped(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    Plain.text(text)
        .codePoints()
        .forEach(point -> {
          switch (point) {
            case '&' -> safe.append("&amp;");
            case '<' -> safe.append("&lt;");
            case '>' -> safe.append("&gt;");
            case '"' -> safe.append("&quot;");
            case '\'' -> safe.append("&#39;");
            default -> safe.appendCodePoint(point);
          }
        });
    return safe.toString();
  }

  @Override
  public String toString() {
    return document.toString();
  }
}
