package dev.manyfactor.config;

import java.util.List;

/// Every problem of a configuration, numbered. A process that meets it must not start (exit 78).
///
/// It has no cause, so that no text of a secret can come along.
public final class ConfigurationException extends RuntimeException {
  private final transient List<Problem> problems;

  /// For one or more problems.
  public ConfigurationException(List<Problem> problems) {
    super(numbered(problems));
    this.problems = List.copyOf(problems);
  }

  /// The problems in the order in which the variables were declared; never empty.
  public List<Problem> problems() {
    return problems;
  }

  private static String numbered(List<Problem> problems) {
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("a configuration without problems is no exception");
    }
    var text = new StringBuilder("the configuration has ").append(problems.size());
    text.append(problems.size() == 1 ? " problem:" : " problems:");
    for (int i = 0; i < problems.size(); i++) {
      text.append("\n  ").append(i + 1).append(". ").append(problems.get(i).message());
    }
    return text.toString();
  }
}
