package dev.manyfactor.database;

import dev.manyfactor.context.Deadline;
import dev.manyfactor.database.DatabaseUnavailableException.Reason;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// What the driver's exceptions mean. Codes are SQLSTATEs (PostgreSQL, appendix A).
final class Failures {
  private static final Set<String> OUT_OF_TIME = Set.of("25P03", "25P04");
  private static final Set<String> CONNECTION_ENDED = Set.of("57P01", "57P02", "57P03", "57P05");
  private static final String CANCELLED = "57014";
  private static final String READ_ONLY = "25006";

  private Failures() {}

  /// What it means that a statement failed before the commit was sent.
  static DatabaseException duringWork(SQLException failure, String sql, Deadline deadline) {
    String state = stateOf(failure);
    if (state.equals(CANCELLED) && !messageOf(failure).contains("user request")) {
      return late("the statement was cancelled at the deadline: " + sql(sql), failure);
    }
    if (OUT_OF_TIME.contains(state) || (lostConnection(failure) && deadline.hasPassed())) {
      return late("the transaction was ended at the deadline: " + sql(sql), failure);
    }
    if (lostConnection(failure)) {
      return new DatabaseUnavailableException(
          Reason.CONNECTION_LOST,
          "the connection to the database was lost (" + messageOf(failure) + "): " + sql(sql),
          failure);
    }
    return refused(failure, state, sql);
  }

  /// What it means that the commit, or a statement in its round trip, failed.
  static DatabaseException duringCommit(SQLException failure, String sql) {
    String state = stateOf(failure);
    if (state.equals(CANCELLED)) { // the server does not cancel once it has begun to commit
      return late("the commit was cancelled at the deadline: " + sql(sql), failure);
    }
    boolean unknown =
        lostConnection(failure)
            || state.equals("40003")
            || OUT_OF_TIME.contains(state)
            || state.startsWith("58")
            || state.startsWith("XX");
    return unknown ? new CommitUnknownException(failure) : refused(failure, state, sql);
  }

  static DatabaseUnavailableException late(String message, @Nullable Throwable cause) {
    return new DatabaseUnavailableException(Reason.DEADLINE_PASSED, message, cause);
  }

  /// Why no connection could be had, in the words of whoever refused it.
  static String reasonOf(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  private static StatementException refused(SQLException failure, String state, String sql) {
    Optional<ServerErrorMessage> answer = answer(failure);
    String constraint = answer.map(ServerErrorMessage::getConstraint).orElse(null);
    var message = new StringBuilder(messageOf(failure)).append(" (SQLSTATE ").append(state);
    if (constraint != null) {
      message.append(", constraint ").append(constraint);
    }
    answer
        .map(ServerErrorMessage::getPosition)
        .filter(position -> position > 0)
        .ifPresent(position -> message.append(", at character ").append(position));
    message.append(')');
    if (state.equals(READ_ONLY)) {
      message.append("; a Read may only look, so take a Write");
    }
    return new StatementException(message + ": " + sql(sql), state, constraint, failure);
  }

  private static boolean lostConnection(SQLException failure) {
    String state = stateOf(failure);
    return state.startsWith("08")
        || CONNECTION_ENDED.contains(state)
        || failure.getCause() instanceof IOException;
  }

  private static String messageOf(SQLException failure) {
    return answer(failure)
        .map(ServerErrorMessage::getMessage)
        .orElseGet(() -> String.valueOf(failure.getMessage()));
  }

  private static Optional<ServerErrorMessage> answer(SQLException failure) {
    return failure instanceof PSQLException answered
        ? Optional.ofNullable(answered.getServerErrorMessage())
        : Optional.empty();
  }

  private static String stateOf(SQLException failure) {
    return failure.getSQLState() == null ? "" : failure.getSQLState();
  }

  private static String sql(String text) {
    return SqlText.shortened(text);
  }
}
