package dev.manyfactor.contract.page;

/// HTML as it is written: text and attributes are escaped, always; and each element is closed, so
/// that it is XML as well. For one thread.
final class Html {
  private final StringBuilder written = new StringBuilder();

  /// Starts an element.
  ///
  /// @param attributes names and values by turns
  Html open(String element, String... attributes) {
    written.append('<').append(element);
    for (int position = 0; position < attributes.length; position += 2) {
      written.append(' ').append(attributes[position]).append("=\"");
      escape(attributes[position + 1]);
      written.append('"');
    }
    written.append('>');
    return this;
  }

  /// An element that cannot hold anything.
  Html empty(String element, String... attributes) {
    open(element, attributes).written.insert(written.length() - 1, " /");
    return this;
  }

  Html close(String element) {
    written.append("</").append(element).append('>');
    return this;
  }

  Html text(String text) {
    escape(text);
    return this;
  }

  /// An element that holds nothing but text.
  Html element(String element, String text, String... attributes) {
    return open(element, attributes).text(text).close(element);
  }

  Html link(String address, String text) {
    return element("a", text, "href", address);
  }

  /// What every page begins with.
  Html doctype() {
    written.append("<!DOCTYPE html>\n");
    return this;
  }

  /// A style sheet of our own; it must hold no `<`.
  Html style(String css) {
    if (css.indexOf('<') >= 0) {
      throw new IllegalArgumentException("a style sheet that is put into a page must hold no <");
    }
    open("style");
    written.append(css);
    return close("style");
  }

  /// Text in CommonMark; nothing if it is empty.
  Html markdown(String text) {
    if (!text.isBlank()) {
      open("div", "class", "about");
      written.append(Markdown.html(text));
      close("div");
    }
    return this;
  }

  Html line() {
    written.append('\n');
    return this;
  }

  @Override
  public String toString() {
    return written.toString();
  }

  private void escape(String text) {
    for (int position = 0; position < text.length(); position++) {
      char next = text.charAt(position);
      switch (next) {
        case '&' -> written.append("&amp;");
        case '<' -> written.append("&lt;");
        case '>' -> written.append("&gt;");
        case '"' -> written.append("&quot;");
        case '\'' -> written.append("&#39;");
        default -> written.append(isShown(next) ? next : '\uFFFD');
      }
    }
  }

  private static boolean isShown(char next) {
    return next >= ' ' || next == '\n' || next == '\t';
  }
}
