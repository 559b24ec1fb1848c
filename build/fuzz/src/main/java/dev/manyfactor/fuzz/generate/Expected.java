package dev.manyfactor.fuzz.generate;

import java.util.Set;

/// What the service owes to a request.
public sealed interface Expected {
  /// The request is valid: it reaches the handler, and is answered as the contract lists it.
  record Served() implements Expected {}

  /// The request breaks the contract in these places, and in no other: 400 naming each.
  ///
  /// @param pointers as in `errors`
  record Violating(Set<String> pointers) implements Expected {
    /// Copies the places.
    public Violating {
      pointers = Set.copyOf(pointers);
    }
  }

  /// The request is refused as a whole.
  ///
  /// @param statuses any of them
  /// @param type the last part of the problem's type; empty for any
  record Refused(Set<Integer> statuses, String type) implements Expected {
    /// Copies the statuses.
    public Refused {
      statuses = Set.copyOf(statuses);
    }

    static Refused with(int status, String type) {
      return new Refused(Set.of(status), type);
    }
  }

  /// The request asks for something that every service has: this status, and no problem.
  record Answered(int status) implements Expected {}

  /// Served or refused, either is sound.
  record Either() implements Expected {}

  /// Another request goes before it and is served.
  ///
  /// @param then what is owed after that
  record After(Draft first, Expected then) implements Expected {}

  /// The answer to the request before it, once more.
  record Replayed() implements Expected {}
}
