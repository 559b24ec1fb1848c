package dev.manyfactor.migrations;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why `migrate` stopped. Files before the one that failed stay applied; that one left nothing.
public final class MigrationException extends RuntimeException {
  private final transient List<String> problems;

  MigrationException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  MigrationException(String problem, @Nullable Throwable cause) {
    super(problem, cause);
    this.problems = List.of(problem);
  }

  /// Every problem there is, each with its remedy; never empty.
  public List<String> problems() {
    return problems;
  }
}
