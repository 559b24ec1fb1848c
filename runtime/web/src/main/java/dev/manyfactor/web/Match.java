package dev.manyfactor.web;

import java.util.List;

/// What the router found for a method and a path.
sealed interface Match {

  /// The operation, and the decoded values of its path parameters in the order of their names.
  record Found(Route route, List<String> values) implements Match {}

  /// The path exists, the method does not; `allow` names those that do.
  record WrongMethod(String allow) implements Match {}

  /// `OPTIONS` for a path that exists; `allow` names its methods.
  record Options(String allow) implements Match {}

  /// A method that no resource of this server ever has.
  record UnknownMethod() implements Match {}

  /// No operation has this path.
  record NoSuchPath() implements Match {}
}
