package dev.manyfactor.prover.rules;

import dev.manyfactor.prover.trial.BaselineMissing;
import dev.manyfactor.prover.trial.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/// Looks for a text in tables.
final class TableSearch {
  private TableSearch() {}

  /// Those of some tables that have a row with a text in any of its columns.
  ///
  /// @param tables as [Database#rows()] names them
  static Set<String> of(Database database, Collection<String> tables, String text) {
    Set<String> found = new TreeSet<>();
    try (Connection connection = database.connect()) {
      for (String table : tables) {
        String query = "select exists (select from " + table + " t where strpos(t::text, ?) > 0)";
        try (PreparedStatement statement = connection.prepareStatement(query)) {
          statement.setString(1, text);
          try (ResultSet row = statement.executeQuery()) {
            row.next();
            if (row.getBoolean(1)) {
              found.add(table);
            }
          }
        }
      }
      return found;
    } catch (SQLException failure) {
      throw new BaselineMissing(
          "the rows of %s cannot be read: %s".formatted(database.name(), failure.getMessage()));
    }
  }
}
