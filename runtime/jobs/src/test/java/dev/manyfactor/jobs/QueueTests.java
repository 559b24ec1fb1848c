package dev.manyfactor.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.manyfactor.context.Tenant;
import dev.manyfactor.database.TestPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

class QueueTests {
  private final TestClock clock = new TestClock();
  private TestPostgres postgres;
  private TestProgram program;
  private Queue<Noted> queue;

  record Noted(String note) {}

  @BeforeEach
  void declareAJobThatLeavesAnEffect() {
    postgres = TestTables.create();
    program = new TestProgram(postgres, clock);
    TransactionalJob<Noted> job = (write, noted) -> TestProgram.effect(write, noted.note());
    queue = program.jobs().queue(Noted.class, job);
    program.open();
  }

  @AfterEach
  void close() {
    program.close();
  }

  @Test
  void aJobWhoseTransactionIsRolledBackNeverWas() {
    assertThatThrownBy(() ->
            program.write(
                "acme",
                write -> {
                  queue.add(write, new Noted("never"));
                  throw new IllegalStateException("no");
                }))
        .hasMessage("no");
    program.write("acme", write -> queue.add(write, new Noted("yes")));
    program.startWorker();

    awaitEffects("yes");
    assertThat(postgres.ask("select id from manyfactor.job")).isEmpty();
  }

  @Test
  void aJobRunsInTheTenantItWasAddedFor() {
    program.write("acme", write -> queue.add(write, new Noted("a")));
    program.write("umbrella", write -> queue.add(write, new Noted("b")));
    program.startWorker();

    awaitEffects("a", "b");
    assertThat(postgres.ask("select tenant || note from effect order by 1"))
        .containsExactly("acmea", "umbrellab");
    assertThat(postgres.ask("select tenant from manyfactor.tenant order by 1"))
        .containsExactly("acme", "umbrella");
  }

  @Test
  void aPlainJdbcProgramAddsAJobInItsOwnTransaction() throws SQLException {
    Queue<Noted> plain = Queue.of(Noted.class, TestProgram.RELEASE);
    try (Connection connection = plainConnection()) {
      connection.setAutoCommit(false);
      plain.add(connection, new Tenant("acme"), new Noted("rolled back"));
      connection.rollback();
      plain.add(connection, new Tenant("acme"), new Noted("committed"));
      connection.commit();
    }
    program.startWorker();

    awaitEffects("committed");
  }

  @Test
  void aPlainConnectionInAutocommitModeIsRefused() throws SQLException {
    Queue<Noted> plain = Queue.of(Noted.class, TestProgram.RELEASE);
    try (Connection connection = plainConnection()) {
      assertThatThrownBy(() -> plain.add(connection, new Tenant("acme"), new Noted("x")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("setAutoCommit(false)");
    }
  }

  private Connection plainConnection() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d/%s?user=app"
            .formatted(postgres.app().host(), postgres.app().port(), postgres.app().database()));
  }

  @Test
  void aProgramThatEndsStillTellsTheWorkersOfItsLastJob() throws SQLException {
    try (Connection listening = plainConnection();
        Statement listen = listening.createStatement()) {
      listen.execute("listen " + WakeUps.CHANNEL);
      PGConnection notifications = listening.unwrap(PGConnection.class);
      program.write("acme", write -> queue.add(write, new Noted("first")));
      assertThat(notifications.getNotifications(10_000)).hasSize(1);

      program.write("acme", write -> queue.add(write, new Noted("last")));
      program.close();

      assertThat(notifications.getNotifications(10_000)).hasSize(1);
    }
  }

  @Test
  void aDelayedJobRunsWhenItsTimeHasCome() {
    program.write(
        "acme", write -> queue.add(write, new Noted("later"), Terms.after(Duration.ofHours(1))));
    program.write("acme", write -> queue.add(write, new Noted("now"), Terms.at(Instant.EPOCH)));
    program.startWorker();
    awaitEffects("now");
    assertThat(postgres.ask("select count(*) from manyfactor.later")).containsExactly("1");

    clock.advance(Duration.ofHours(1));

    awaitEffects("now", "later");
    assertThat(postgres.ask("select count(*) from manyfactor.later")).containsExactly("0");
  }

  @Test
  void aSecondJobWithTheSameUniqueKeyIsTheFirstUntilThatHasFinished() {
    Terms unique = Terms.NOW.unique("invoice-7");
    Terms laterUnique = Terms.after(Duration.ofHours(1)).unique("invoice-7");
    JobId first = program.ask("acme", write -> queue.add(write, new Noted("first"), unique));
    JobId second = program.ask("acme", write -> queue.add(write, new Noted("second"), laterUnique));
    JobId other = program.ask("umbrella", write -> queue.add(write, new Noted("other"), unique));
    assertThat(second).isEqualTo(first).isNotEqualTo(other);
    program.startWorker();
    awaitEffects("first", "other");

    JobId third = program.ask("acme", write -> queue.add(write, new Noted("third"), unique));

    assertThat(third).isNotEqualTo(first);
    awaitEffects("first", "other", "third");
    assertThat(postgres.ask("select key from manyfactor.job_key")).isEmpty();
  }

  @Test
  void aUniqueJobThatIsRolledBackLeavesItsKeyFree() {
    Terms unique = Terms.NOW.unique("k");
    assertThatThrownBy(() ->
            program.write(
                "acme",
                write -> {
                  queue.add(write, new Noted("never"), unique);
                  throw new IllegalStateException("no");
                }))
        .hasMessage("no");

    program.write("acme", write -> queue.add(write, new Noted("yes"), unique));
    program.startWorker();

    awaitEffects("yes");
  }

  private void awaitEffects(String... notes) {
    Await.until(
        "effects " + String.join(", ", notes),
        () -> postgres.ask("select note from effect").size() >= notes.length);
    assertThat(postgres.ask("select note from effect")).containsExactlyInAnyOrder(notes);
  }
}
