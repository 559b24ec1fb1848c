package dev.manyfactor.service;

import dev.manyfactor.web.Idempotent;
import dev.manyfactor.web.Operation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Whether the schema holds what a contract promises with `natural`: that a second row with the
/// same values in these columns is impossible.
final class NaturalKeys {
  // of an index with a predicate or an expression nobody can say from its columns what it forbids
  private static final String SQL =
      """
      select exists (
        select from pg_index i
            join pg_class t on t.oid = i.indrelid join pg_namespace n on n.oid = t.relnamespace
          where i.indisunique and i.indisvalid and i.indpred is null and i.indexprs is null
            and n.nspname not in ('pg_catalog', 'pg_toast', 'information_schema', 'manyfactor')
            and (select array_agg(a.attname::text order by a.attname::text collate "C")
                from unnest(i.indkey::int2[]) with ordinality as key (number, place)
                join pg_attribute a on a.attrelid = i.indrelid and a.attnum = key.number
                where key.place <= i.indnkeyatts) in (?, ?))
      """;

  private NaturalKeys() {}

  /// What is missing, with its remedy; any table of the service may have the index, with or without
  /// the tenant among its columns.
  static List<String> problems(Connection connection, List<Operation> operations)
      throws SQLException {
    var problems = new ArrayList<String>();
    for (Operation operation : operations) {
      if (operation.idempotent() instanceof Idempotent.Natural(var columns)
          && !isUnique(connection, columns)) {
        problems.add(
            "the contract says that %s has one effect per %s, but no unique index is over exactly these columns; add one in a migration: unique (%s)"
                .formatted(operation.id(), String.join(", ", columns), String.join(", ", columns)));
      }
    }
    return List.copyOf(problems);
  }

  private static boolean isUnique(Connection connection, List<String> columns) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SQL)) {
      statement.setArray(1, array(connection, columns.stream()));
      statement.setArray(
          2, array(connection, Stream.concat(columns.stream(), Stream.of("tenant"))));
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  private static java.sql.Array array(Connection connection, Stream<String> columns)
      throws SQLException {
    return connection.createArrayOf("text", columns.distinct().sorted().toArray());
  }
}
