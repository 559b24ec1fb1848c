package dev.manyfactor.contract.model;

/// A value that comes with a request beside the body.
///
/// @param name as it stands in the request, such as `customer_id`
/// @param variable its Java name, such as `customerId`
/// @param notation how its value or values are written
/// @param deprecated whether callers are asked to leave it
public record Parameter(
    String name,
    String variable,
    Place place,
    Notation notation,
    Type type,
    Presence presence,
    String description,
    boolean deprecated) {

  /// How values are written.
  public enum Notation {
    /// One value.
    SINGLE,
    /// A list: the parameter stands there once for each item.
    REPEATED,
    /// A list with commas between its items.
    SEPARATED,
    /// A list with a space (`%20`) between its items.
    SPACED,
    /// A list with a bar (`%7C`) between its items.
    PIPED
  }

  /// Where it stands.
  public enum Place {
    /// In the path template.
    PATH,
    /// Behind the question mark.
    QUERY,
    /// In a header.
    HEADER
  }
}
