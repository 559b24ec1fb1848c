package dev.manyfactor.database;

import org.jspecify.annotations.Nullable;

/// Why a transaction, or a statement of it, did not do what it was asked.
///
/// Messages name the SQL text, which is constant, and never a parameter.
public abstract sealed class DatabaseException extends RuntimeException
    permits DatabaseUnavailableException,
        CommitUnknownException,
        DoomedTransactionException,
        StatementException,
        RowCountException,
        RowMappingException {

  DatabaseException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
