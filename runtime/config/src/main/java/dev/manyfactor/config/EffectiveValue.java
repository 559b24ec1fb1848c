package dev.manyfactor.config;

import java.util.Optional;

/// What one setting is in this process, and where that came from.
///
/// @param variable its name in the environment
/// @param value its text, a mask if it is a secret, empty if it is unset
/// @param source where the text came from
/// @param formerName the deprecated variable that gave it, if one did
/// @param description what the setting is; may be empty
public record EffectiveValue(
    String variable, String value, Source source, Optional<String> formerName, String description) {

  /// The sentence that tells an operator about a deprecated variable, if one gave the value.
  public Optional<String> warning() {
    return formerName.map(
        name -> name + " is deprecated; set " + replacement(name) + " to the same value instead");
  }

  private String replacement(String former) {
    return source == Source.FILE && former.endsWith("_FILE") ? variable + "_FILE" : variable;
  }

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
