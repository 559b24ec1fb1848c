package dev.manyfactor.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.database.TestPostgres;
import dev.manyfactor.database.Write;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PauseTests {
  private final TestClock clock = new TestClock();
  private final TestPostgres postgres = TestTables.create();
  private final TestProgram program = new TestProgram(postgres, clock);
  private final Looks looks = new Looks(program);

  record Noted(int number) {}

  record Sent(int number) {}

  @AfterEach
  void close() {
    program.close();
  }

  private static Queue<Noted> notes(TestProgram of) {
    TransactionalJob<Noted> note = (write, noted) -> TestProgram.effect(write, "noted " + noted);
    return of.jobs().queue(Noted.class, note);
  }

  private static Queue<Sent> sends(TestProgram of) {
    LeasedJob<Sent> send =
        (call, sent) ->
            call.<Boolean>write(write -> {
              TestProgram.effect(write, "sent " + sent);
              return true;
            });
    return of.jobs().queue(Sent.class, send);
  }

  @Test
  void nobodyTakesAJobOfAPausedKindUntilItIsResumed() {
    Queue<Noted> notes = notes(program);
    Queue<Sent> sends = sends(program);
    JobAdmin admin = program.open().jobs().admin();
    assertThat(admin.pause(notes.kind())).isTrue();
    assertThat(admin.pause(sends.kind())).isTrue();
    assertThat(admin.pause(sends.kind())).isFalse();
    program.write("acme", write -> notes.add(write, new Noted(1)));
    program.write("acme", write -> sends.add(write, new Sent(1)));

    program.startWorker();
    looks.await(3);

    assertThat(effects()).isZero();
    assertThat(admin.queues())
        .filteredOn(queue -> queue.pausedAt().isPresent() && queue.due() == 1)
        .extracting(QueueSummary::kind)
        .containsExactly(notes.kind(), sends.kind());
    assertThat(admin.resume(notes.kind())).isTrue();
    assertThat(admin.resume(sends.kind())).isTrue();
    assertThat(admin.resume(sends.kind())).isFalse();
    Await.until("both are done", () -> effects() == 2);
  }

  /// A job that it locks looks to an operator as if it ran.
  @Test
  void aLookDoesNotLockAJobOfAPausedKind() throws SQLException {
    Queue<Sent> sends = sends(program);
    JobAdmin admin = program.open().jobs().admin();
    admin.pause(sends.kind());
    program.write("acme", write -> sends.add(write, new Sent(1)));
    try (Connection worker = postgres.owner().connect("test");
        var lease = worker.prepareStatement(LookSql.LEASE)) {
      worker.setAutoCommit(false);
      List<Object> parameters =
          List.of("{" + sends.kind() + "}", "{1000}", "{0}", "{-infinity}", 7, 4, 4, 7);
      for (int i = 0; i < parameters.size(); i++) {
        lease.setObject(i + 1, parameters.get(i));
      }

      try (ResultSet leased = lease.executeQuery()) {
        assertThat(leased.next()).isFalse();
      }

      assertThat(running(admin)).isZero();
      worker.rollback();
    }
  }

  @Test
  void aWorkerThatEndsAJobOfAPausedKindTakesNoOtherOne() {
    var begun = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    TransactionalJob<Noted> note =
        (write, noted) -> {
          TestProgram.effect(write, "noted " + noted);
          begun.countDown();
          Await.latch(goOn);
        };
    Queue<Noted> notes = program.jobs().queue(Noted.class, note);
    JobAdmin admin = program.open().jobs().admin();
    program.write("acme", write -> notes.add(write, new Noted(1)));
    program.startWorker();
    Await.latch(begun);
    admin.pause(notes.kind());
    program.write("acme", write -> notes.add(write, new Noted(2)));

    goOn.countDown();

    Await.until("the first has ended", () -> effects() == 1 && running(admin) == 0);
    looks.await(2);
    assertThat(effects()).isEqualTo(1);
    assertThat(left()).isEqualTo(1);
  }

  @Test
  void aQueueThatIsPausedAgainAndAgainUnderTwoWorkersLosesNothingAndRepeatsNothing() {
    try (var second = new TestProgram(postgres, clock)) {
      Queue<Noted> notes = notes(program);
      Queue<Sent> sends = sends(program);
      notes(second);
      sends(second);
      JobAdmin admin = program.open().jobs().admin();
      second.open();
      program.write("acme", write -> addAll(notes, sends, write));
      program.startWorker();
      second.startWorker();
      for (int i = 0; i < 10; i++) {
        LockSupport.parkNanos(i * 1_000_000L); // another moment of the claims each time
        admin.pause(notes.kind());
        admin.pause(sends.kind());
        Await.until("what was taken has ended", () -> running(admin) == 0);
        int done = effects();
        looks.await(1);
        assertThat(effects()).as("taken although paused").isEqualTo(done);
        assertThat(left()).isEqualTo(300 - done);
        admin.resume(notes.kind());
        admin.resume(sends.kind());
      }

      Await.until("all are done", () -> left() == 0);
      assertThat(effects()).isEqualTo(300);
      assertThat(postgres.ask("select count(distinct note) from effect")).containsExactly("300");
    }
  }

  private static void addAll(Queue<Noted> notes, Queue<Sent> sends, Write write) {
    IntStream.range(0, 150)
        .forEach(number -> {
          notes.add(write, new Noted(number));
          sends.add(write, new Sent(number));
        });
  }

  private static long running(JobAdmin admin) {
    return admin.queues().stream().mapToLong(QueueSummary::running).sum();
  }

  private int effects() {
    return Integer.parseInt(postgres.ask("select count(*) from effect").getFirst());
  }

  private int left() {
    return Integer.parseInt(
        postgres
            .ask(
                "select (select count(*) from manyfactor.job) + (select count(*) from"
                    + " manyfactor.run) + (select count(*) from manyfactor.later) + (select"
                    + " count(*) from manyfactor.dead)")
            .getFirst());
  }
}
