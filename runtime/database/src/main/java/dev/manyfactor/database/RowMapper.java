package dev.manyfactor.database;

/// Makes a value of one row.
///
/// @param <T> what it makes
@FunctionalInterface
public interface RowMapper<T> {

  /// The value of `row`, which is valid only during this call.
  T map(Row row);
}
