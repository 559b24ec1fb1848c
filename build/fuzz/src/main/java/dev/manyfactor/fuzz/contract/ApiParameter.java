package dev.manyfactor.fuzz.contract;

import java.util.Locale;
import java.util.Optional;

/// A parameter of an operation.
///
/// @param name as it is written in a request
/// @param separator what stands between the items of a list; empty where each is a parameter
public record ApiParameter(
    String name, In in, boolean required, Shape shape, Optional<String> separator) {
  /// Where a parameter stands.
  public enum In {
    /// In the path template.
    PATH,
    /// After the question mark.
    QUERY,
    /// In a header.
    HEADER
  }

  /// How a violation names it.
  public String pointer() {
    return switch (in) {
      case PATH -> "path." + name;
      case QUERY -> "query." + name;
      case HEADER -> "header." + name.toLowerCase(Locale.ROOT);
    };
  }
}
