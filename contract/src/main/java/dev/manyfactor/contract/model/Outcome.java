package dev.manyfactor.contract.model;

import java.util.List;

/// One way in which an operation can end: a declared response.
///
/// @param status such as 201
/// @param name its Java name, after the reason phrase, such as `Created`
/// @param description what it means, in Markdown
public record Outcome(
    int status, String name, String description, Content content, List<Header> headers) {

  /// Copies the list.
  public Outcome {
    headers = List.copyOf(headers);
  }

  /// What the response carries.
  public sealed interface Content {
    /// Nothing.
    record Empty() implements Content {}

    /// A document of this type.
    record Json(Type type) implements Content {}

    /// `application/problem+json`, as the runtime writes it.
    record Problem() implements Content {}

    /// Text of this media type.
    record Text(String mediaType) implements Content {}

    /// A file of this media type, made while it is sent.
    record Download(String mediaType) implements Content {}
  }

  /// A header that the operation sets: one value, or a list of them.
  ///
  /// @param name such as `Location`
  /// @param component its Java name, such as `location`
  public record Header(
      String name, String component, Type type, boolean required, String description) {}
}
