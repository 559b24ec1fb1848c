package dev.manyfactor.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.database.TestPostgres;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// A claim walks along the index that has the jobs in their order, and stops at the first one.
class ClaimPlanTests {
  private static final Pattern PARAMETER = Pattern.compile("\\?");

  private static final String FLOOR = "timestamptz '2026-01-01'";

  private final TestPostgres postgres = TestTables.create();

  @Test
  void aClaimWalksAlongTheIndexWhateverElseItLooksAt() {
    postgres.execute(
        "insert into manyfactor.job (id, kind, tenant, payload, release)"
            + " select gen_random_uuid(), 'kind-' || n % 3, 'acme', '{}', 'r1'"
            + " from generate_series(1, 20000) as n",
        "insert into manyfactor.paused (kind) values ('kind-2')", "analyze");

    String claim = plan(claim("0"));
    String bounded = plan(claim("3"));
    String floors = "array[" + FLOOR + ", " + FLOOR + "]";
    String lease =
        plan(
            LookSql.LEASE,
            "'{kind-1,kind-2}'",
            "'{1000,1000}'",
            "'{0,3}'",
            floors,
            "7",
            "4",
            "4",
            "7");

    for (String plan : List.of(claim, bounded, lease)) {
      assertThat(plan)
          .contains("Index Scan using job_due on job")
          .doesNotContain("Seq Scan on job")
          .doesNotContain("Sort Key: job");
    }
    assertThat(claim).contains("One-Time Filter");
  }

  /// The statement of the function that claims.
  private String claim(String most) {
    String body =
        String.join(
            "\n",
            postgres.ask(
                "select split_part(split_part(prosrc, 'return query', 2), ';', 1) from pg_proc"
                    + " where oid = 'manyfactor.claim'::regproc"));
    return body.replace("of_kind", "'kind-1'")
        .replaceAll("\\bfloor\\b", Matcher.quoteReplacement(FLOOR))
        .replaceAll("\\bmost\\b", most);
  }

  /// As a worker asks: without scans of whole tables.
  private String plan(String sql, String... parameters) {
    String filled = sql;
    for (String parameter : parameters) {
      filled = PARAMETER.matcher(filled).replaceFirst(Matcher.quoteReplacement(parameter));
    }
    postgres.superuserExecute(
        "alter role postgres in database \"%s\" set enable_seqscan = off"
            .formatted(postgres.ask("select current_database()").getFirst()));
    return String.join("\n", postgres.ask("explain " + filled));
  }
}
