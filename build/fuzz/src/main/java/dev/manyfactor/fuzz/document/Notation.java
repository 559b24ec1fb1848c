package dev.manyfactor.fuzz.document;

import java.util.List;
import java.util.function.IntUnaryOperator;

/// Writes a document as JSON text, in one of the many ways that mean the same: with or without
/// white space, characters escaped or not.
public final class Notation {
  private static final String WHITE = " \t\n\r";
  private final IntUnaryOperator below;
  private final boolean isPlain;
  private final StringBuilder out = new StringBuilder();

  private Notation(IntUnaryOperator below, boolean isPlain) {
    this.below = below;
    this.isPlain = isPlain;
  }

  /// The shortest text.
  public static String plain(Document document) {
    return new Notation(_ -> 1, true).written(document);
  }

  /// Any text.
  ///
  /// @param below a random number from 0 to below its argument
  public static String any(Document document, IntUnaryOperator below) {
    return new Notation(below, false).written(document);
  }

  private String written(Document document) {
    white();
    write(document);
    white();
    return out.toString();
  }

  private void write(Document document) {
    switch (document) {
      case Document.Struct(var members) -> struct(members);
      case Document.Sequence(var items) -> sequence(items);
      case Document.Text(var value) -> text(value);
      case Document.Literal(var text) -> out.append(text);
    }
  }

  private void struct(List<Document.Member> members) {
    out.append('{');
    white();
    for (int i = 0; i < members.size(); i++) {
      separate(i);
      text(members.get(i).name());
      white();
      out.append(':');
      white();
      write(members.get(i).value());
      white();
    }
    out.append('}');
  }

  private void sequence(List<Document> items) {
    out.append('[');
    white();
    for (int i = 0; i < items.size(); i++) {
      separate(i);
      write(items.get(i));
      white();
    }
    out.append(']');
  }

  private void separate(int index) {
    if (index > 0) {
      out.append(',');
      white();
    }
  }

  private void text(String value) {
    out.append('"');
    value.codePoints().forEach(this::character);
    out.append('"');
  }

  private void character(int character) {
    if (character == '"' || character == '\\') {
      out.append('\\').append((char) character);
    } else if (character < ' ' || (!isPlain && below.applyAsInt(12) == 0)) {
      Character.toString(character).chars().forEach(half -> out.append("\\u%04x".formatted(half)));
    } else if (character == '/' && !isPlain && below.applyAsInt(3) == 0) {
      out.append("\\/");
    } else {
      out.appendCodePoint(character);
    }
  }

  private void white() {
    if (!isPlain && below.applyAsInt(8) == 0) {
      out.append(WHITE.charAt(below.applyAsInt(WHITE.length())));
    }
  }
}
