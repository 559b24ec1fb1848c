package dev.manyfactor.config;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/// Writes maps, collections, texts, numbers and booleans as indented JSON (RFC 8259).
///
/// Only what the schema needs; documents from outside are the business of the json module.
final class JsonText {
  private final StringBuilder out = new StringBuilder();

  private JsonText() {}

  static String of(Object value) {
    var text = new JsonText();
    text.value(value, "");
    return text.out.toString();
  }

  private void value(Object value, String indent) {
    switch (value) {
      case Map<?, ?> members -> members(List.copyOf(members.entrySet()), indent);
      case Collection<?> elements -> elements(elements, indent);
      case Number number -> out.append(number);
      case Boolean truth -> out.append(truth);
      default -> text(value.toString());
    }
  }

  private void members(List<? extends Map.Entry<?, ?>> members, String indent) {
    out.append('{');
    String inner = indent + "  ";
    String separator = "\n";
    for (Map.Entry<?, ?> member : members) {
      out.append(separator).append(inner);
      text(String.valueOf(member.getKey()));
      out.append(": ");
      value(member.getValue(), inner);
      separator = ",\n";
    }
    out.append(members.isEmpty() ? "}" : "\n" + indent + "}");
  }

  private void elements(Collection<?> elements, String indent) {
    out.append('[');
    for (Iterator<?> i = elements.iterator(); i.hasNext(); ) {
      value(i.next(), indent);
      out.append(i.hasNext() ? ", " : "");
    }
    out.append(']');
  }

  private void text(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        default -> {
          if (c < ' ' || Character.isSurrogate(c)) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
