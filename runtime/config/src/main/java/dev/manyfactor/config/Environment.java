package dev.manyfactor.config;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The variables a process was started with.
///
/// Values are as they were given: nothing is trimmed. Immutable, and never printed as a whole,
/// because some values are secrets.
public final class Environment {
  private final Map<String, String> values;

  private Environment(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  /// These variables and no others.
  public static Environment of(Map<String, String> values) {
    return new Environment(values);
  }

  /// The variables of this process.
  public static Environment ofProcess() {
    return new Environment(System.getenv());
  }

  /// The value of one variable, possibly empty text; absent if it is not set.
  public Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /// The names of all variables that are set.
  public Set<String> names() {
    return values.keySet();
  }
}
