package dev.manyfactor.database;

import org.jspecify.annotations.Nullable;

/// A column does not fit where it should be read into: a mistake in the SQL or in the record.
public final class RowMappingException extends DatabaseException {

  RowMappingException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
