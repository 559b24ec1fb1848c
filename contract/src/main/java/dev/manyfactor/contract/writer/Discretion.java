package dev.manyfactor.contract.writer;

import dev.manyfactor.contract.model.Type;
import java.util.ArrayList;
import java.util.List;

/// Writes the `toString` of a record that has something sensitive, without it: a record in a log
/// line is one of the ways in which a secret leaves.
final class Discretion {
  private final int indent;
  private final String name;
  private final List<String> parts = new ArrayList<>();
  private boolean hasSensitive;

  /// @param indent of the record's members
  Discretion(int indent, String name) {
    this.indent = indent;
    this.name = name;
  }

  Discretion component(String component, Type type) {
    boolean isSensitive = isSensitive(type);
    hasSensitive |= isSensitive;
    parts.add(
        isSensitive
            ? Expression.string(component + "=(sensitive)")
            : Expression.string(component + "=") + " + " + component);
    return this;
  }

  /// The method, or no lines where nothing is sensitive.
  List<String> lines() {
    if (!hasSensitive) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("/// Without what is sensitive.");
    lines.add("@Override");
    lines.add("public String toString() {");
    String start = "  return " + Expression.string(name);
    String line = start + " + List.of(" + String.join(", ", parts) + ");";
    if (Layout.fits(indent, line)) {
      lines.add(line);
    } else {
      lines.add(start);
      Layout.call(indent + 6, "+ List.of(", parts, ");")
          .forEach(rest -> lines.add("      " + rest));
    }
    lines.add("}");
    return lines;
  }

  private static boolean isSensitive(Type type) {
    return switch (type) {
      case Type.Sensitive _ -> true;
      case Type.Items items -> isSensitive(items.item());
      case Type.Entries entries -> isSensitive(entries.value());
      case Type.Possible possible -> isSensitive(possible.of());
      case Type.Any _ -> false;
      case Type.Reference _ -> false; // the other record's own
      case Type.Simple _ -> false;
    };
  }
}
