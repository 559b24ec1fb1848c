package dev.manyfactor.fuzz.contract;

/// A parameter of an operation.
///
/// @param name as it is written in a request
/// @param exploded whether a list is written as several parameters
public record ApiParameter(String name, In in, boolean required, Shape shape, boolean exploded) {
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
      case HEADER -> "header." + name.toLowerCase(java.util.Locale.ROOT);
    };
  }
}
