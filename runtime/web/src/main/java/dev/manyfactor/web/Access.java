package dev.manyfactor.web;

import java.util.Set;

/// Who may use an operation, as its `security` in the contract says.
public sealed interface Access {

  /// Everyone, known or not (`security: []`); the handler then has no caller and no tenant.
  record Public() implements Access {}

  /// Callers with a valid token that holds every one of `all`; an empty set asks for a token only.
  ///
  /// @param all the scopes that are needed together
  record Scopes(Set<String> all) implements Access {
    public Scopes {
      all = Set.copyOf(all);
    }
  }
}
