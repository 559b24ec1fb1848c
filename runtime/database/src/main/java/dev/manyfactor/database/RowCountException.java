package dev.manyfactor.database;

/// A statement gave or changed another number of rows than the code relies on.
public final class RowCountException extends DatabaseException {

  RowCountException(String expected, Object found, String sql) {
    super("expected " + expected + " but there are " + found + ": " + SqlText.shortened(sql), null);
  }
}
