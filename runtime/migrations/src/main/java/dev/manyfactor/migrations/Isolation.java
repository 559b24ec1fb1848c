package dev.manyfactor.migrations;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Whether every table of `public` keeps tenants apart, or is declared to be shared by them.
final class Isolation {
  private static final String TABLES =
      """
      select c.relname, c.relkind, c.relrowsecurity and c.relforcerowsecurity as forced,
          exists (select from pg_policy p where p.polrelid = c.oid) as has_policy,
          (select p.polname from pg_policy p
            where p.polrelid = c.oid and p.polpermissive
              and coalesce(pg_get_expr(p.polqual, c.oid), pg_get_expr(p.polwithcheck, c.oid), '')
                not like '%manyfactor.tenant%'
            order by 1 limit 1) as open_policy
        from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'm', 'f')
          and not exists (select from pg_depend d
            where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
        order by c.relname
      """;

  private Isolation() {}

  /// Every table that is open to all tenants without being declared, and every declaration of this
  /// file whose table is not there.
  ///
  /// @param shared what this file and those before it declare
  static List<String> problems(Connection connection, MigrationFile file, Set<String> shared)
      throws SQLException {
    var problems = new ArrayList<String>();
    var absent = new TreeSet<>(file.sharedTables());
    try (var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(TABLES)) {
      while (rows.next()) {
        String table = rows.getString("relname");
        absent.remove(table);
        if (!shared.contains(table)) {
          addProblem(table, rows, problems);
        }
      }
    }
    absent.forEach(table ->
        problems.add(
            "\"-- shared: "
                + table
                + "\" names no table of public; correct the name or remove the line"));
    return problems;
  }

  private static void addProblem(String table, ResultSet row, List<String> problems)
      throws SQLException {
    boolean canBeForced = "rp".contains(row.getString("relkind"));
    String openPolicy = row.getString("open_policy");
    if (!row.getBoolean("forced") || !row.getBoolean("has_policy")) {
      problems.add(
          "the table " + table + " does not keep tenants apart; " + remedy(table, canBeForced));
    } else if (openPolicy != null) {
      problems.add(
          "the policy "
              + openPolicy
              + " of the table "
              + table
              + " does not mention manyfactor.tenant, so it opens the table to all tenants; write"
              + " using (tenant = current_setting('manyfactor.tenant', true)), or make it"
              + " restrictive");
    }
  }

  private static String remedy(String table, boolean canBeForced) {
    String shared = "declare it with a line \"-- shared: " + table + "\"";
    return canBeForced
        ? "add: alter table "
            + table
            + " enable row level security; alter table "
            + table
            + " force row level security; create policy tenant on "
            + table
            + " using (tenant = current_setting('manyfactor.tenant', true)); or, if every tenant may"
            + " see all of it, "
            + shared
        : "it cannot, so " + shared + " if every tenant may see all of it";
  }
}
