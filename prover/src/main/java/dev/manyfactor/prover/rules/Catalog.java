package dev.manyfactor.prover.rules;

import dev.manyfactor.prover.trial.BaselineMissing;
import dev.manyfactor.prover.trial.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/// The schema of a database, as PostgreSQL's own catalog tells it, and what its tables hold.
///
/// @param parts what stands for one table, column, index, constraint, function, type or right, by
///   what it is
/// @param tables how many rows each table has, and a digest of them
record Catalog(Map<String, String> parts, Map<String, Rows> tables) {
  private static final int TOLD = 3;

  private static final String PARTS =
      """
      with mine as (
        select n.oid, n.nspname from pg_namespace n
         where n.nspname <> 'information_schema' and n.nspname !~ '^pg_'),
      relation as (
        select c.*, format('%I.%I', m.nspname, c.relname) as called
          from pg_class c join mine m on m.oid = c.relnamespace)
      select 'schema ' || m.nspname, n.nspowner::regrole || ' ' || coalesce(n.nspacl::text, '')
        from mine m join pg_namespace n on n.oid = m.oid
      union all
      select 'relation ' || called, concat_ws(' ', relkind, relpersistence, relrowsecurity,
             relforcerowsecurity, relowner::regrole, relacl, reloptions,
             case when relkind in ('v', 'm') then pg_get_viewdef(oid) end,
             case when relispartition then pg_get_expr(relpartbound, oid) end)
        from relation
      union all
      select 'column ' || r.called || '.' || quote_ident(a.attname),
             concat_ws(' ', format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,
             a.attgenerated, a.attacl, pg_get_expr(d.adbin, d.adrelid))
        from relation r join pg_attribute a on a.attrelid = r.oid
        left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
       where a.attnum > 0 and not a.attisdropped
      union all
      select 'index ' || r.called, pg_get_indexdef(r.oid)
        from relation r where r.relkind in ('i', 'I')
      union all
      select 'constraint ' || quote_ident(k.conname) || ' on ' || r.called,
             pg_get_constraintdef(k.oid)
        from pg_constraint k join relation r on r.oid = k.conrelid
      union all
      select 'trigger ' || quote_ident(t.tgname) || ' on ' || r.called, pg_get_triggerdef(t.oid)
        from pg_trigger t join relation r on r.oid = t.tgrelid where not t.tgisinternal
      union all
      select 'policy ' || quote_ident(p.polname) || ' on ' || r.called,
             concat_ws(' ', p.polcmd, p.polpermissive, p.polroles::regrole[],
             pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
        from pg_policy p join relation r on r.oid = p.polrelid
      union all
      select 'function ' || p.oid::regprocedure, concat_ws(' ', p.proowner::regrole, p.proacl,
             p.prosrc, p.provolatile, p.prosecdef, p.proconfig)
        from pg_proc p join mine m on m.oid = p.pronamespace
      union all
      select 'type ' || m.nspname || '.' || quote_ident(t.typname),
             (select string_agg(e.enumlabel, ',' order by e.enumsortorder)
                from pg_enum e where e.enumtypid = t.oid)
        from pg_type t join mine m on m.oid = t.typnamespace where t.typtype in ('e', 'd')
      union all
      select 'extension ' || extname, extversion from pg_extension\
      """;

  private static final String TABLES =
      """
      select format('%I.%I', n.nspname, c.relname)
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind = 'r' and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
       order by 1\
      """;

  /// What a table holds.
  ///
  /// @param digest of all rows, in no order
  record Rows(long count, String digest) {}

  /// That of a database, read in one transaction.
  static Catalog of(Database database) {
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      return new Catalog(parts(connection), tables(connection));
    } catch (SQLException failure) {
      throw new BaselineMissing(
          "the schema of %s cannot be read: %s".formatted(database.name(), failure.getMessage()));
    }
  }

  private static Map<String, String> parts(Connection connection) throws SQLException {
    Map<String, String> parts = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(PARTS)) {
      while (rows.next()) {
        parts.put(rows.getString(1), Objects.requireNonNullElse(rows.getString(2), ""));
      }
    }
    return parts;
  }

  private static Map<String, Rows> tables(Connection connection) throws SQLException {
    Map<String, Rows> tables = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        Statement read = connection.createStatement();
        ResultSet named = statement.executeQuery(TABLES)) {
      while (named.next()) {
        String table = named.getString(1); // quoted by the server
        String query =
            "select count(*), coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '')"
                + " from "
                + table
                + " t";
        try (ResultSet rows = read.executeQuery(query)) {
          rows.next();
          tables.put(table, new Rows(rows.getLong(1), rows.getString(2)));
        }
      }
    }
    return tables;
  }

  /// In what another schema differs from this, one sentence each; nothing of what tables hold.
  List<String> changesTo(Catalog later) {
    List<String> changes = new ArrayList<>();
    for (String part : union(parts, later.parts)) {
      if (!parts.containsKey(part)) {
        changes.add(part + " is there in addition");
      } else if (!later.parts.containsKey(part)) {
        changes.add(part + " is gone");
      } else if (!parts.get(part).equals(later.parts.get(part))) {
        changes.add(
            "%s is %s instead of %s".formatted(part, later.parts.get(part), parts.get(part)));
      }
    }
    return changes;
  }

  /// What other tables hold that these do not, one sentence each, by table; of tables that both
  /// have.
  Map<String, String> rowChangesTo(Catalog later) {
    Map<String, String> changes = new TreeMap<>();
    tables.forEach((table, rows) -> {
      Rows then = later.tables.getOrDefault(table, rows);
      if (then.count != rows.count) {
        changes.put(table, "%s has %d rows instead of %d".formatted(table, then.count, rows.count));
      } else if (!then.digest.equals(rows.digest)) {
        changes.put(table, "%s has as many rows, but others".formatted(table));
      }
    });
    return changes;
  }

  /// Of what other tables hold more or fewer rows, one sentence each, by table; of tables that both
  /// have. What the rows say may differ: times, and what is left to chance.
  Map<String, String> rowCountChangesTo(Catalog later) {
    Map<String, String> changes = rowChangesTo(later);
    changes.keySet().removeIf(table -> rows(table) == later.rows(table));
    return changes;
  }

  private long rows(String table) {
    Rows rows = tables.get(table);
    return rows == null ? 0 : rows.count();
  }

  /// Whether nothing has ever been made in it.
  boolean isBare() {
    return parts.keySet().stream().noneMatch(part -> part.startsWith("relation "));
  }

  /// The first few of many.
  static String some(List<String> changes) {
    String first = String.join("; ", changes.subList(0, Math.min(TOLD, changes.size())));
    return changes.size() <= TOLD
        ? first
        : "%s; and %d more".formatted(first, changes.size() - TOLD);
  }

  private static TreeSet<String> union(Map<String, String> one, Map<String, String> other) {
    TreeSet<String> keys = new TreeSet<>(one.keySet());
    keys.addAll(other.keySet());
    return keys;
  }
}
