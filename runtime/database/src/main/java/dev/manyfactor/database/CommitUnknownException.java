package dev.manyfactor.database;

/// The connection was lost during the commit: the transaction has happened completely or not at
/// all, and this process cannot know which. Only looking again tells.
public final class CommitUnknownException extends DatabaseException {

  CommitUnknownException(Throwable cause) {
    super(
        "the connection was lost during the commit, so it is unknown whether the transaction"
            + " happened; look again before repeating it",
        cause);
  }
}
