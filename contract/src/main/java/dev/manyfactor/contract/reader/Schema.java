package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.model.Presence;
import dev.manyfactor.contract.model.Type;
import java.util.Optional;

/// What a schema says about a value.
///
/// @param nullable whether the value may be null
/// @param absent what the value is when it is absent
/// @param description in Markdown; may be empty
/// @param deprecated whether callers are asked to leave it
record Schema(
    Type type,
    boolean nullable,
    Optional<Presence> absent,
    String description,
    boolean deprecated) {
  /// Stands in for a schema with a problem, so that reading can go on.
  static final Schema UNKNOWN =
      of(new Type.Text(Type.Form.ANY, Optional.empty(), Optional.empty(), Optional.empty()));

  static Schema of(Type type) {
    return new Schema(type, false, Optional.empty(), "", false);
  }

  Schema orNull() {
    return new Schema(type, true, absent, description, deprecated);
  }

  Schema withDescription(String other) {
    return other.isEmpty() ? this : new Schema(type, nullable, absent, other, deprecated);
  }

  Schema withDefault(Optional<Presence> other) {
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

  /// The type of an item or value, null among its values if the schema allows it.
  Type inContainer() {
    return nullable ? new Type.Possible(type) : type;
  }
}
