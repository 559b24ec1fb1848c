package dev.manyfactor.faults;

/// What a client of PostgreSQL has sent in one message, as far as it is known without its values:
/// parameters, passwords and rows are neither decoded nor kept.
///
/// @param number its place among those that a watch counts, from 1
/// @param occurrence its place among those of them that have the same label, from 1
/// @param kind which message of the protocol it is
/// @param statement the text of the statement it is about, in one line and at most 1000 characters:
///   of a prepared one, the text it was prepared with; of a simple query, with `?` for each text
///   and number in it; of a SYNC, what was executed before it; empty when there is none
/// @param session whose message it is
public record PostgresMessage(
    long number, long occurrence, Kind kind, String statement, PostgresSession session) {

  /// The messages of a client, in the words of PostgreSQL's "Message Formats".
  public enum Kind {
    /// The first message of a session.
    STARTUP,
    /// A password, or what stands in its place.
    PASSWORD,
    /// A simple query: statements in one text.
    QUERY,
    /// Prepares a statement.
    PARSE,
    /// Gives a prepared statement its parameters.
    BIND,
    /// Asks for the columns of a statement.
    DESCRIBE,
    /// Runs a statement that has its parameters.
    EXECUTE,
    /// Gives up a prepared statement or one with parameters.
    CLOSE,
    /// Ends a row of messages and, outside of a transaction block, commits.
    SYNC,
    /// Asks for the answers so far.
    FLUSH,
    /// Calls a function by its number.
    FUNCTION_CALL,
    /// A piece of what is copied into a table.
    COPY_DATA,
    /// The end of what is copied.
    COPY_DONE,
    /// Breaks a copy off.
    COPY_FAIL,
    /// Ends the session.
    TERMINATE,
    /// One that this proxy does not know.
    OTHER;

    static Kind of(byte type) {
      return switch (type) {
        case 'p' -> PASSWORD;
        case 'Q' -> QUERY;
        case 'P' -> PARSE;
        case 'B' -> BIND;
        case 'D' -> DESCRIBE;
        case 'E' -> EXECUTE;
        case 'C' -> CLOSE;
        case 'S' -> SYNC;
        case 'H' -> FLUSH;
        case 'F' -> FUNCTION_CALL;
        case 'd' -> COPY_DATA;
        case 'c' -> COPY_DONE;
        case 'f' -> COPY_FAIL;
        case 'X' -> TERMINATE;
        default -> OTHER;
      };
    }

    /// Whether the server answers it at the latest when it is asked to flush.
    boolean isAnswered() {
      return switch (this) {
        case STARTUP, PASSWORD, QUERY, PARSE, BIND, DESCRIBE, EXECUTE, CLOSE, SYNC, FUNCTION_CALL ->
            true;
        case FLUSH, COPY_DATA, COPY_DONE, COPY_FAIL, TERMINATE, OTHER -> false;
      };
    }

    /// Whether its answer may be kept back by the server until a flush.
    boolean isExtended() {
      return switch (this) {
        case PARSE, BIND, DESCRIBE, EXECUTE, CLOSE -> true;
        case STARTUP,
            PASSWORD,
            QUERY,
            SYNC,
            FLUSH,
            FUNCTION_CALL,
            COPY_DATA,
            COPY_DONE,
            COPY_FAIL,
            TERMINATE,
            OTHER ->
            false;
      };
    }
  }

  /// What it is, the same each time the same thing is sent: for example, `EXECUTE commit`.
  public String label() {
    return statement.isEmpty() ? kind.name() : kind + " " + statement;
  }

  PostgresMessage counted(long next, long alike) {
    return new PostgresMessage(next, alike, kind, statement, session);
  }
}
