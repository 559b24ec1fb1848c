package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.model.Type;
import java.util.Optional;

/// What a schema says about a value.
///
/// @param nullable whether the value may be null
/// @param absent what the value is when it is absent, as the text of a parameter
/// @param description in Markdown; may be empty
record Schema(Type type, boolean nullable, Optional<String> absent, String description) {
  /// Stands in for a schema with a problem, so that reading can go on.
  static final Schema UNKNOWN =
      of(new Type.Text(Type.Form.ANY, Optional.empty(), Optional.empty(), Optional.empty()));

  static Schema of(Type type) {
    return new Schema(type, false, Optional.empty(), "");
  }

  Schema withDescription(String other) {
    return other.isEmpty() ? this : new Schema(type, nullable, absent, other);
  }

  /// What `owner` says of itself, else what its schema says.
  String describedBy(Node owner) {
    return withDescription(owner.textOrEmpty("description")).description();
  }
}
