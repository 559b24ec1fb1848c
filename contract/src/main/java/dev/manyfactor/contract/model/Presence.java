package dev.manyfactor.contract.model;

import java.util.List;

/// Whether a value has to be there, and what it means when it is not.
public sealed interface Presence {
  /// It is always there.
  record Required() implements Presence {}

  /// It may be absent; null is not allowed.
  record Optional() implements Presence {}

  /// It is always there but may be null.
  record Nullable() implements Presence {}

  /// It may be absent or null, which mean the same.
  record OptionalOrNull() implements Presence {}

  /// It may be absent, which means this.
  ///
  /// @param text the value as the text of a parameter
  record Default(String text) implements Presence {}

  /// It may be absent, which means this list.
  ///
  /// @param items each as the text of a parameter
  record DefaultItems(List<String> items) implements Presence {
    /// Copies the list.
    public DefaultItems {
      items = List.copyOf(items);
    }
  }

  /// Whether the Java type is `Optional`.
  default boolean isOptional() {
    return switch (this) {
      case Required() -> false;
      case Optional() -> true;
      case Nullable() -> true;
      case OptionalOrNull() -> true;
      case Default(_) -> false;
      case DefaultItems(_) -> false;
    };
  }
}
