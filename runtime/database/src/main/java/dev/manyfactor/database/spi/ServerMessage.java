package dev.manyfactor.database.spi;

import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// What PostgreSQL said when it refused a statement.
///
/// @param text the message, without the detail, which may hold values of rows
/// @param hint the server's own remedy, if it has one
/// @param state the SQLSTATE (PostgreSQL, appendix A), empty if the server did not answer
/// @param position the character of the statement it is about, from 1; 0 if it names none
public record ServerMessage(String text, Optional<String> hint, String state, int position) {

  /// What a driver's exception says.
  public static ServerMessage of(SQLException failure) {
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    ServerErrorMessage answer =
        failure instanceof PSQLException refusal ? refusal.getServerErrorMessage() : null;
    if (answer == null) {
      return new ServerMessage(String.valueOf(failure.getMessage()), Optional.empty(), state, 0);
    }
    return new ServerMessage(
        String.valueOf(answer.getMessage()),
        Optional.ofNullable(answer.getHint()),
        state,
        answer.getPosition());
  }
}
