package dev.manyfactor.contract.model;

import java.util.List;

/// Who may use an operation.
public sealed interface Access {
  /// Everyone: `security: []`.
  record Public() implements Access {}

  /// Callers whose token holds all of these scopes.
  record Scopes(List<String> all) implements Access {
    /// Copies the list.
    public Scopes {
      all = List.copyOf(all);
    }
  }
}
