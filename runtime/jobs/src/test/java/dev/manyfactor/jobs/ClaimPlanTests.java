package dev.manyfactor.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.database.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Whoever claims jobs walks along the index that has them in their order, and stops, whatever the
/// planner takes the table for.
class ClaimPlanTests {
  private static final Pattern PARAMETER = Pattern.compile("\\?");

  private static final Pattern NUMBERED = Pattern.compile("\\$\\d+");

  /// The tables of which a look reads a few rows.
  private static final Pattern QUEUE_SCAN = Pattern.compile("Scan .*on (job|job_key)\\b");

  private final TestPostgres postgres = TestTables.create();
  private final Connection worker = postgres.superuser().connect("test");

  ClaimPlanTests() throws SQLException {}

  @AfterEach
  void close() throws SQLException {
    worker.close();
  }

  @Test
  void claimsWalkAlongTheIndexOfAFullTable() throws SQLException {
    fill();
    postgres.execute("insert into manyfactor.paused (kind) values ('kind-2')", "analyze");

    assertThat(plans()).hasSize(7).allSatisfy(ClaimPlanTests::assertWalksAndStops);
  }

  /// The rows of done jobs are still there while some transaction is older, but they count for
  /// nothing in the statistics, and a plan that reads all of an empty table looks cheap.
  @Test
  void claimsWalkAlongTheIndexOfATableThatLooksEmpty() throws SQLException {
    try (Connection pinning = postgres.superuser().connect("test");
        Statement old = pinning.createStatement()) {
      pinning.setAutoCommit(false);
      pinning.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      old.execute("select 1");
      fill();
      postgres.execute("delete from manyfactor.job", "vacuum manyfactor.job");
      assertThat(
              postgres.ask(
                  "select reltuples = 0 and relpages > 100 from pg_class where relname = 'job'"))
          .containsExactly("t");

      assertThat(plans()).hasSize(7).allSatisfy(ClaimPlanTests::assertWalksAndStops);
      pinning.rollback();
    }
  }

  private static void assertWalksAndStops(List<String> plan) {
    assertThat(String.join("\n", plan))
        .doesNotContain("Seq Scan on job")
        .doesNotContain("Bitmap")
        .doesNotContain("Sort Key: job")
        .doesNotContain("Sort Key: c.");
    assertThat(scansOfAll(plan)).isEmpty();
  }

  private static List<String> scansOfAll(List<String> plan) {
    return IntStream.range(0, plan.size() - 1)
        .filter(line -> !plan.get(line + 1).contains("Index Cond"))
        .mapToObj(plan::get)
        .filter(line -> QUEUE_SCAN.matcher(line).find())
        .toList();
  }

  private void fill() {
    postgres.execute(
        "insert into manyfactor.job (id, kind, tenant, payload, release)"
            + " select gen_random_uuid(), 'kind-' || n % 3, 'acme', '{}', 'r1'"
            + " from generate_series(1, 20000) as n",
        "analyze manyfactor.job");
  }

  /// Of the two functions and of the five statements of a look.
  private List<List<String>> plans() throws SQLException {
    List<List<String>> plans = new ArrayList<>();
    plans.add(
        planIn("claim", "return query", ";", "of_kind text", "floor timestamptz", "most integer"));
    plans.add(planIn("complete", "for done in", "loop", "jobs uuid[]", "fences bigint[]"));
    try (Statement statement = worker.createStatement()) {
      statement.execute("reset all; " + Lifeline.PREPARE);
    }
    for (String statement : LookSql.LOOK.split(";\n", -1)) {
      plans.add(plan(statement));
    }
    return plans;
  }

  /// Of the statement between two words of a function, with the settings that the function has.
  private List<String> planIn(String function, String after, String before, String... parameters)
      throws SQLException {
    String of = " from pg_proc where oid = 'manyfactor." + function + "'::regproc";
    String body =
        postgres
            .ask(
                "select split_part(split_part(prosrc, '%s', 2), '%s', 1)".formatted(after, before)
                    + of)
            .getFirst();
    for (int i = 0; i < parameters.length; i++) {
      int space = parameters[i].indexOf(' ');
      String typed = "$" + (i + 1) + "::" + parameters[i].substring(space + 1);
      String name = "\\b" + parameters[i].substring(0, space) + "\\b";
      body = body.replaceAll(name, Matcher.quoteReplacement(typed));
    }
    try (Statement statement = worker.createStatement()) {
      statement.execute("reset all");
      for (String setting : postgres.ask("select unnest(proconfig)" + of)) {
        statement.execute("set " + setting);
      }
    }
    return explained(body);
  }

  /// As the server keeps it for all values.
  private List<String> plan(String sql) throws SQLException {
    String numbered = sql;
    int parameters = 0;
    while (PARAMETER.matcher(numbered).find()) {
      numbered = PARAMETER.matcher(numbered).replaceFirst("\\$" + ++parameters);
    }
    return explained(numbered);
  }

  private List<String> explained(String sql) throws SQLException {
    var lines = new ArrayList<String>();
    long parameters = NUMBERED.matcher(sql).results().map(MatchResult::group).distinct().count();
    try (Statement statement = worker.createStatement()) {
      statement.execute("set plan_cache_mode = force_generic_plan; deallocate all");
      statement.execute("prepare asked as " + sql);
      String nulls = String.join(", ", Collections.nCopies((int) parameters, "null"));
      try (ResultSet rows = statement.executeQuery("explain execute asked(" + nulls + ")")) {
        while (rows.next()) {
          lines.add(rows.getString(1));
        }
      }
    }
    return lines;
  }
}
