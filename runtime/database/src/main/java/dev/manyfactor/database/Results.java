package dev.manyfactor.database;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Reading what a statement has answered.
final class Results {
  private Results() {}

  static ResultSet current(PreparedStatement statement, String text) throws SQLException {
    ResultSet rows = statement.getResultSet();
    if (rows == null) {
      throw new IllegalArgumentException(
          "the statement gives no rows, so run it with update(…), or add returning: "
              + SqlText.shortened(text));
    }
    return rows;
  }

  static <T> List<T> read(ResultSet rows, RowMapper<T> mapper) throws SQLException {
    var row = new Row(new Columns(rows));
    var values = new ArrayList<T>();
    while (rows.next()) {
      values.add(mapper.map(row));
    }
    return List.copyOf(values);
  }

  /// Refuses text that holds several statements.
  static void mustBeOver(PreparedStatement statement, String text) throws SQLException {
    if (statement.getMoreResults() || statement.getUpdateCount() != -1) {
      throw new IllegalArgumentException(
          "one statement at a time, but there are several: " + SqlText.shortened(text));
    }
  }
}
