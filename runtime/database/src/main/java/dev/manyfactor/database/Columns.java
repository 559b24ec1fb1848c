package dev.manyfactor.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgResultSet;

/// The columns of one result, positioned on its current row.
final class Columns {
  private final PgResultSet rows;
  private int @Nullable [] indexes;

  Columns(ResultSet rows) throws SQLException {
    this.rows = rows.unwrap(PgResultSet.class);
  }

  <T> T required(String column, Class<T> type) {
    return optional(column, type)
        .orElseThrow(() ->
            new RowMappingException(
                "column " + column + " is null; read it with optional(…)", null));
  }

  <T> Optional<T> optional(String column, Class<T> type) {
    Conversion<T> conversion = Conversion.of(type).orElseThrow(() -> Conversion.unsupported(type));
    String place = "a " + type.getSimpleName();
    int index = index(column, place);
    conversion.check(place, column, rows.getColumnOID(index));
    return Optional.ofNullable(read(conversion, index, column));
  }

  /// The positions of a record's columns, checked once for the whole result.
  int[] indexesOf(RecordPlan<?> plan) {
    int[] known = indexes;
    if (known != null) {
      return known;
    }
    List<RecordPlan.Component> components = plan.components();
    int[] found = new int[components.size()];
    for (int i = 0; i < found.length; i++) {
      RecordPlan.Component component = components.get(i);
      found[i] = index(component.column(), component.place());
      component
          .conversion()
          .check(component.place(), component.column(), rows.getColumnOID(found[i]));
    }
    indexes = found;
    return found;
  }

  <T> @Nullable T read(Conversion<T> conversion, int index, String column) {
    try {
      return conversion.reader().read(rows, index);
    } catch (SQLException | IllegalArgumentException unfit) {
      throw new RowMappingException("column " + column + ": " + unfit.getMessage(), unfit);
    }
  }

  private int index(String column, String place) {
    try {
      return rows.findColumn(column);
    } catch (SQLException missing) {
      throw new RowMappingException(
          place
              + " needs a column "
              + column
              + ", but the result has "
              + String.join(", ", names())
              + "; select it, or name one of these",
          missing);
    }
  }

  private List<String> names() {
    var names = new ArrayList<String>();
    try {
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        names.add(rows.getMetaData().getColumnLabel(i));
      }
    } catch (SQLException unknown) {
      names.add("unknown columns");
    }
    return names;
  }
}
