package dev.manyfactor.config;

import java.util.List;
import java.util.Optional;

/// A variable that a program reads, for whoever lists or explains them.
///
/// @param name what it is called in the environment
/// @param type what its text must be, for example `a whole number`
/// @param defaultText the text that holds when it is not set
/// @param required whether the program refuses to start without it
/// @param secret whether its value is never shown, and may come from the file that the variable
///   with `_FILE` names
/// @param description what it is; may be empty
/// @param example a text that is accepted; empty where none would help
/// @param formerNames the deprecated variables that are read in its place
public record Variable(
    String name,
    String type,
    Optional<String> defaultText,
    boolean required,
    boolean secret,
    String description,
    String example,
    List<String> formerNames) {

  public Variable {
    formerNames = List.copyOf(formerNames);
  }
}
