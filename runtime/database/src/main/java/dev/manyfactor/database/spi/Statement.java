package dev.manyfactor.database.spi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One SQL statement and its parameters.
///
/// @param sql one statement with a `?` for each parameter; constant text, because the server keeps
///   it prepared by its text
/// @param parameters in the order of the question marks, of the types that
///   [dev.manyfactor.database.Transaction#sql] takes
public record Statement(String sql, List<Object> parameters) {

  public Statement {
    parameters = List.copyOf(parameters);
  }

  /// Others and this one in one text, in this order.
  public Statement behind(List<Statement> others) {
    var sql = new StringBuilder();
    var all = new ArrayList<Object>();
    for (Statement other : others) {
      sql.append(other.sql()).append("; ");
      all.addAll(other.parameters());
    }
    all.addAll(parameters);
    return new Statement(sql.append(this.sql).toString(), all);
  }

  /// A statement with these parameters.
  ///
  /// @throws IllegalArgumentException if a parameter is null
  public static Statement of(String sql, @Nullable Object... parameters) {
    for (int i = 0; i < parameters.length; i++) {
      if (parameters[i] == null) {
        throw new IllegalArgumentException(
            "parameter " + (i + 1) + " is null; pass Optional.empty() instead: " + sql);
      }
    }
    return new Statement(
        sql, List.of(Arrays.copyOf(parameters, parameters.length, Object[].class)));
  }
}
