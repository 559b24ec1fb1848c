package dev.manyfactor.database;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/// One row of a result, read by column name.
///
/// Every method throws a [RowMappingException] if there is no such column, if its type does not fit
/// without loss, or if it is null and the method does not give an `Optional`.
public final class Row {
  private final Columns columns;

  Row(Columns columns) {
    this.columns = columns;
  }

  Columns columns() {
    return columns;
  }

  /// A `uuid`.
  public UUID uuid(String column) {
    return value(column, UUID.class);
  }

  /// Any type with a text form.
  public String text(String column) {
    return value(column, String.class);
  }

  /// An `int2` or `int4`.
  public int int32(String column) {
    return value(column, Integer.class);
  }

  /// An `int2`, `int4` or `int8`.
  public long int64(String column) {
    return value(column, Long.class);
  }

  /// A `bool`.
  public boolean bool(String column) {
    return value(column, Boolean.class);
  }

  /// A `numeric`, exactly.
  public BigDecimal decimal(String column) {
    return value(column, BigDecimal.class);
  }

  /// A `timestamptz`, to the microsecond.
  public Instant instant(String column) {
    return value(column, Instant.class);
  }

  /// A `date`.
  public LocalDate date(String column) {
    return value(column, LocalDate.class);
  }

  /// A `bytea`.
  public byte[] bytes(String column) {
    return value(column, byte[].class);
  }

  /// The column as any type that a record component may have.
  public <T> T value(String column, Class<T> type) {
    return columns.required(column, type);
  }

  /// The column as any type that a record component may have; empty if it is null.
  public <T> Optional<T> optional(String column, Class<T> type) {
    return columns.optional(column, type);
  }
}
