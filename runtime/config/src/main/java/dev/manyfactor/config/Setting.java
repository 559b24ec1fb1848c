package dev.manyfactor.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// One variable: what it is called, what it may hold, and what holds without it.
///
/// @param formerNames the variables that it was read from in earlier releases
/// @param component the record component it fills
/// @param meaning what the setting is, in the words of its author; may be empty
/// @param example a text that is accepted; empty where none would help
record Setting(
    String variable,
    List<String> formerNames,
    String component,
    ValueType type,
    Presence presence,
    String meaning,
    String example)
    implements Part {

  /// What happens when the variable is not set.
  sealed interface Presence {
    /// That is a problem.
    record Required() implements Presence {}

    /// The component is an empty `Optional`.
    record Voluntary() implements Presence {}

    /// The component has this value.
    record Defaulted(String text) implements Presence {}
  }

  boolean isSecret() {
    return type.secrecy() != ValueType.Secrecy.OPEN;
  }

  boolean isRequired() {
    return presence instanceof Presence.Required;
  }

  /// The variable that names a file with the value; only secrets are read from files.
  String fileVariable() {
    return variable + "_FILE";
  }

  /// Every variable that may be set for it, without those of earlier releases.
  Stream<String> variables() {
    return isSecret() ? Stream.of(variable, fileVariable()) : Stream.of(variable);
  }

  /// The same setting under each name it had in earlier releases.
  Stream<Setting> former() {
    return formerNames.stream().map(this::named);
  }

  /// Every variable that is read for it.
  Stream<String> allVariables() {
    return Stream.concat(variables(), former().flatMap(Setting::variables));
  }

  private Setting named(String name) {
    return new Setting(name, List.of(), component, type, presence, meaning, example);
  }

  Optional<String> fallback() {
    return presence instanceof Presence.Defaulted(String text)
        ? Optional.of(text)
        : Optional.empty();
  }

  Variable described() {
    return new Variable(
        variable, type.noun(), fallback(), isRequired(), isSecret(), meaning, example, formerNames);
  }

  /// Completes "set it to …".
  String noun() {
    return meaning.isEmpty() ? type.noun() : meaning;
  }

  /// ", for example 5s", or nothing.
  String forExample() {
    return example.isEmpty() ? "" : ", for example " + example;
  }

  /// The value as the component wants it.
  Object wrapped(Object value) {
    return presence instanceof Presence.Voluntary ? Optional.of(value) : value;
  }
}
