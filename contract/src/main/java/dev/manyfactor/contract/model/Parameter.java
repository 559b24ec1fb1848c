package dev.manyfactor.contract.model;

/// A value that comes with a request beside the body.
///
/// @param name as it stands in the request, such as `customer_id`
/// @param variable its Java name, such as `customerId`
/// @param deprecated whether callers are asked to leave it
public record Parameter(
    String name,
    String variable,
    Place place,
    Type.Simple type,
    Presence presence,
    String description,
    boolean deprecated) {

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
