package dev.manyfactor.migrations;

import java.sql.SQLException;
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

  /// Whether the server lacked something, such as space, and the migration itself may be right.
  public boolean isForLackOfResources() {
    return getCause() instanceof SQLException refusal && lacksResources(refusal.getSQLState());
  }

  /// Classes 53 (insufficient resources) and 58 (system error) of SQLSTATE.
  static boolean lacksResources(@Nullable String state) {
    return state != null && (state.startsWith("53") || state.startsWith("58"));
  }

  /// Every problem there is, each with its remedy; never empty.
  public List<String> problems() {
    return problems;
  }
}
