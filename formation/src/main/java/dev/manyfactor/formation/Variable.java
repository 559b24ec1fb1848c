package dev.manyfactor.formation;

import java.util.Optional;

/// A variable that a service reads from its environment, beside those that its dependencies imply.
///
/// @param kind what its value has to be
/// @param required whether the service refuses to start without it
/// @param secret whether its value must never be shown
/// @param example a value that works; a required one that is no secret has one
public record Variable(
    String name, Kind kind, boolean required, boolean secret, Optional<String> example) {
  /// What a value has to be.
  public enum Kind {
    /// Any text.
    TEXT,
    /// A whole number.
    NUMBER,
    /// A time such as `5s` or `200ms`.
    DURATION,
    /// An address.
    URL,
    /// `true` or `false`.
    BOOLEAN
  }
}
