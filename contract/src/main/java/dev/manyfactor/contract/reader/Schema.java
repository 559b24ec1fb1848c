package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.model.Type;
import java.util.Optional;

/// What a schema says about a value.
///
/// @param nullable whether the value may be null
/// @param absent what the value is when it is absent, as the text of a parameter
/// @param description in Markdown; may be empty
/// @param deprecated whether callers are asked to leave it
record Schema(
    Type type, boolean nullable, Optional<String> absent, String description, boolean deprecated) {
  /// Stands in for a schema with a problem, so that reading can go on.
  static final Schema UNKNOWN =
      of(new Type.Text(Type.Form.ANY, Optional.empty(), Optional.empty(), Optional.empty()));

  static Schema of(Type type) {
    return new Schema(type, false, Optional.empty(), "", false);
  }

  Schema withDescription(String other) {
    return other.isEmpty() ? this : new Schema(type, nullable, absent, other, deprecated);
  }

  Schema withDefault(Optional<String> other) {
    return new Schema(type, nullable, other, description, deprecated);
  }

  /// The same, deprecated if `owner` says so.
  Schema deprecatedBy(Node owner) {
    boolean isDeprecated = owner.truth("deprecated", deprecated);
    return new Schema(type, nullable, absent, description, isDeprecated);
  }

  /// What `owner` says of itself, else what its schema says.
  String describedBy(Node owner) {
    return withDescription(owner.textOrEmpty("description")).description();
  }
}
