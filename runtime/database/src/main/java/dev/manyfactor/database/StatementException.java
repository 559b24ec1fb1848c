package dev.manyfactor.database;

import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// PostgreSQL refused a statement; the transaction is rolled back.
public final class StatementException extends DatabaseException {
  private final String state;
  private final @Nullable String constraint;

  StatementException(
      String message, String state, @Nullable String constraint, SQLException cause) {
    super(message, cause);
    this.state = state;
    this.constraint = constraint;
  }

  /// The five characters of the SQLSTATE (PostgreSQL, appendix A), for example `23505`.
  public String state() {
    return state;
  }

  /// The name of the constraint that was violated, if it is that kind of refusal.
  public Optional<String> constraint() {
    return Optional.ofNullable(constraint);
  }

  /// Whether a row with the same unique key exists already (SQLSTATE 23505).
  public boolean isUniqueViolation() {
    return state.equals("23505");
  }

  /// Whether the same work may succeed if it is simply done again: a deadlock (40P01), a
  /// serialization failure (40001) or a lock that was not free in time (55P03).
  public boolean isTransient() {
    return state.equals("40P01") || state.equals("40001") || state.equals("55P03");
  }
}
