package dev.manyfactor.config;

/// What one setting is in this process, and where that came from.
///
/// @param variable its name in the environment
/// @param value its text, a mask if it is a secret, empty if it is unset
/// @param source where the text came from
/// @param description what the setting is; may be empty
public record EffectiveValue(String variable, String value, Source source, String description) {

  /// Where the text of a setting came from.
  public enum Source {
    /// The variable is not set and the record's default holds.
    DEFAULT,
    /// The variable itself.
    ENVIRONMENT,
    /// The file that the variable with `_FILE` names.
    FILE,
    /// Nowhere: the setting is optional and has no value.
    UNSET
  }
}
