package dev.manyfactor.database;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A statement whose rows are read in one of several ways, each of which runs it once.
///
/// A record is read by the names of its components: `createdAt` is the column `created_at`. A
/// component may be `String` (any type with a text form, `jsonb` too), `int`, `long`, `boolean`,
/// `double`, `BigDecimal`, `UUID`, `Instant` (`timestamptz`), `LocalDate`, `Duration` (`interval`
/// without months), `byte[]`, an enum (its name in lower case), a record of one such component, or
/// an `Optional` of these, without which null is refused. Columns without a component are ignored.
public final class Query {

  /// The largest number of rows that [#list] gives.
  public static final int MOST_ROWS = 10_000;

  private final Session session;
  private final String text;
  private final Object[] parameters;

  Query(Session session, String text, Object[] parameters) {
    this.session = session;
    this.text = text;
    this.parameters = parameters;
  }

  /// The row, if there is one.
  ///
  /// @throws RowCountException if there are several
  public <R extends Record> Optional<R> optional(Class<R> type) {
    return optional(RecordMapper.of(type));
  }

  /// The row, if there is one.
  ///
  /// @throws RowCountException if there are several
  public <T> Optional<T> optional(RowMapper<T> mapper) {
    List<T> rows = session.rows(text, parameters, mapper, 2);
    if (rows.size() > 1) {
      throw session.doom(new RowCountException("at most one row", "several", text));
    }
    return rows.stream().findFirst();
  }

  /// The row.
  ///
  /// @throws RowCountException if there is none, or if there are several
  public <R extends Record> R one(Class<R> type) {
    return one(RecordMapper.of(type));
  }

  /// The row.
  ///
  /// @throws RowCountException if there is none, or if there are several
  public <T> T one(RowMapper<T> mapper) {
    return optional(mapper)
        .orElseThrow(() -> session.doom(new RowCountException("exactly one row", 0, text)));
  }

  /// All rows, at most [#MOST_ROWS].
  ///
  /// @throws RowCountException if there are more; the remedy is [#each] or a `limit`
  public <R extends Record> List<R> list(Class<R> type) {
    return list(RecordMapper.of(type));
  }

  /// All rows, at most [#MOST_ROWS].
  ///
  /// @throws RowCountException if there are more; the remedy is [#each] or a `limit`
  public <T> List<T> list(RowMapper<T> mapper) {
    List<T> rows = session.rows(text, parameters, mapper, MOST_ROWS + 1);
    if (rows.size() > MOST_ROWS) {
      throw session.doom(
          new RowCountException(
              "at most " + MOST_ROWS + " rows (a limit, or each(…) to stream them)", "more", text));
    }
    return rows;
  }

  /// Gives every row to `consumer`, a few hundred in memory at a time.
  public <R extends Record> void each(Class<R> type, Consumer<? super R> consumer) {
    each(RecordMapper.of(type), consumer);
  }

  /// Gives every row to `consumer`, a few hundred in memory at a time. The consumer may use the
  /// transaction.
  public <T> void each(RowMapper<T> mapper, Consumer<? super T> consumer) {
    session.each(text, parameters, mapper, consumer);
  }

  /// Whether there is a row.
  public boolean exists() {
    return !session.rows(text, parameters, row -> Boolean.TRUE, 2).isEmpty();
  }
}
