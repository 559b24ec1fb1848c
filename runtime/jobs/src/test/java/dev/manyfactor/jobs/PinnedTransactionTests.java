package dev.manyfactor.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.database.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The queue while an old transaction keeps the rows of done jobs from being vacuumed.
class PinnedTransactionTests {
  private static final int DONE = 20_000;
  private static final TransactionalJob<Noted> NOTE =
      (write, noted) -> TestProgram.effect(write, "n" + noted.number());

  private final TestPostgres postgres = TestTables.create();
  private final TestProgram program = new TestProgram(postgres, new TestClock());
  private Queue<Noted> queue;

  record Noted(int number) {}

  @BeforeEach
  void open() {
    queue = program.jobs().queue(Noted.class, NOTE);
    program.open();
  }

  @AfterEach
  void close() {
    program.close();
  }

  @Test
  void claimDoesNotStepOverTheRowsOfJobsThatAreDone() throws SQLException {
    try (Connection pinning = postgres.superuser().connect("test");
        var statement = pinning.createStatement()) {
      pinning.setAutoCommit(false);
      pinning.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      statement.execute("select 1");
      postgres.execute(
          """
          insert into manyfactor.job (id, kind, tenant, payload, release, due_at)
          select gen_random_uuid(), '%s', 'acme', '{}', 'r1', now() - interval '1 hour'
          from generate_series(1, %d)
          """
              .formatted(queue.kind(), DONE),
          "delete from manyfactor.job");
      program.startWorker();
      program.write("acme", write -> queue.add(write, new Noted(1)));
      Await.until("the job is done", () -> done() == 1);

      long fromTheBeginning = pagesOfClaim(Instant.EPOCH);
      long fromTheFloor = pagesOfClaim(program.jobs().opened().floors().of(queue.kind()));

      assertThat(fromTheBeginning).isGreaterThan(200);
      assertThat(fromTheFloor).isLessThan(fromTheBeginning / 5);
    }
  }

  /// How many pages the server reads for a claim that finds nothing.
  private long pagesOfClaim(Instant floor) throws SQLException {
    try (Connection connection = postgres.owner().connect("test");
        var claim =
            connection.prepareStatement(
                "explain (analyze, buffers, format xml) " + LookSql.CLAIM)) {
      claim.setString(1, queue.kind());
      claim.setObject(2, floor.atOffset(ZoneOffset.UTC));
      claim.setInt(3, 0);
      claim.setString(4, "10000");
      try (ResultSet rows = claim.executeQuery()) {
        rows.next();
        String plan = rows.getString(1);
        return Long.parseLong(plan.replaceFirst("(?s).*?<Shared-Hit-Blocks>(\\d+)<.*", "$1"));
      }
    }
  }

  /// As a transaction that added a job and committed an hour late would leave it.
  @Test
  void jobBelowTheFloorIsFound() {
    program.startWorker();
    program.write("acme", write -> queue.add(write, new Noted(1)));
    Await.until("the floor has risen", () -> done() == 1);

    program.write(
        "acme",
        write -> {
          queue.add(write, new Noted(2));
          write.atCommit("update manyfactor.job set due_at = now() - interval '1 hour'");
        });

    Await.until("the job is done", () -> done() == 2);
    assertThat(program.jobs().opened().floors().of(queue.kind()))
        .isAfter(Instant.now().minusSeconds(1800));
  }

  private int done() {
    return postgres.ask("select id from effect").size();
  }
}
