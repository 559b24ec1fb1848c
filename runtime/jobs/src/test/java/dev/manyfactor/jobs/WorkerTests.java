package dev.manyfactor.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.context.Tenant;
import dev.manyfactor.database.DatabaseException;
import dev.manyfactor.database.TestPostgres;
import dev.manyfactor.database.Write;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkerTests {
  private final TestClock clock = new TestClock();
  private final TestPostgres postgres = TestTables.create();
  private final TestProgram program = new TestProgram(postgres, clock);

  record Counted(int number) {}

  @AfterEach
  void close() {
    program.close();
  }

  @Test
  void twoWorkersRunEachOf500TransactionalJobsOnce() {
    TransactionalJob<Counted> job =
        (write, counted) -> TestProgram.effect(write, "n" + counted.number());
    runOnTwoWorkers(job);
  }

  @Test
  void twoWorkersRunEachOf500LeasedJobsOnce() {
    LeasedJob<Counted> job =
        (call, counted) ->
            call.write(write -> {
              TestProgram.effect(write, "n" + counted.number());
              return true;
            });
    runOnTwoWorkers(job);
  }

  private void runOnTwoWorkers(Job<Counted> job) {
    try (var second = new TestProgram(postgres, clock)) {
      Queue<Counted> queue = program.jobs().queue(Counted.class, job);
      second.jobs().queue(Counted.class, job);
      program.open();
      second.open();
      program.startWorker();
      second.startWorker();

      for (int start = 0; start < 500; start += 50) {
        int from = start;
        program.write("acme", write -> addAll(queue, write, from, from + 50));
      }

      Await.until("all jobs are done", () -> left().equals(List.of("0")) && effects() >= 500);
      assertThat(effects()).isEqualTo(500);
      assertThat(postgres.ask("select count(distinct note) from effect")).containsExactly("500");
    }
  }

  private static void addAll(Queue<Counted> queue, Write write, int from, int to) {
    IntStream.range(from, to).forEach(number -> queue.add(write, new Counted(number)));
  }

  @Test
  void aFailedAttemptLeavesNoEffectAndRunsAgainAfterItsWait() {
    var attempts = new AtomicInteger();
    Queue<Counted> queue =
        program
            .jobs()
            .queue(
                Counted.class,
                new Stubborn(
                    Policy.TRANSACTIONAL.withWaits(Duration.ofHours(1), Duration.ofHours(1)),
                    write -> {
                      TestProgram.effect(write, "attempt " + attempts.incrementAndGet());
                      if (attempts.get() == 1) {
                        throw new IllegalStateException("not today");
                      }
                    }));
    program.open();
    program.write("acme", write -> queue.add(write, new Counted(1)));
    program.startWorker();

    Await.until("the retry waits", () -> ask("select count(*) from manyfactor.later").equals("1"));
    assertThat(effects()).isZero();
    assertThat(ask("select attempts || ' ' || (failures -> 0 ->> 'reason') from manyfactor.later"))
        .isEqualTo("1 java.lang.IllegalStateException: not today");
    assertThat(ask("select run_at <= now() + interval '1 hour' from manyfactor.later"))
        .isEqualTo("t");
    clock.advance(Duration.ofHours(1));

    Await.until("the retry is done", () -> effects() == 1);
    assertThat(ask("select note from effect")).isEqualTo("attempt 2");
    assertThat(left()).containsExactly("0");
  }

  @Test
  void theLastAttemptLeavesADeadLetterThatCanBeRetriedOrDropped() {
    var broken = new AtomicInteger(1);
    Policy policy =
        Policy.TRANSACTIONAL.withAttempts(2).withWaits(Duration.ofMillis(1), Duration.ofMillis(1));
    Queue<Counted> queue =
        program
            .jobs()
            .queue(
                Counted.class,
                new Stubborn(
                    policy,
                    write -> {
                      TestProgram.effect(write, "paid");
                      write.update("select 1 / (1 - ?::int)", broken.get());
                    }));
    program.open();
    JobId id =
        program.ask("acme", write -> queue.add(write, new Counted(1), Terms.NOW.unique("invoice")));
    program.startWorker();
    JobAdmin admin = program.jobs().admin();

    Await.until("the letter is dead", () -> !program.deadLetters().isEmpty());
    JobDetails letter = program.deadLetters().getFirst();
    assertThat(letter.summary().id()).isEqualTo(id);
    assertThat(letter.summary().tenant()).isEqualTo(new Tenant("acme"));
    assertThat(letter.summary().attempts()).isEqualTo(2);
    assertThat(letter.summary().reason().orElseThrow())
        .contains("attempt 2 was the last", "StatementException");
    assertThat(letter.failures()).extracting(Failure::attempt).containsExactly(1, 2);
    assertThat(letter.failures()).extracting(Failure::release).containsOnly("r1");
    assertThat(admin.queues())
        .containsExactly(
            new QueueSummary(queue.kind(), 0, 0, 0, 1, Optional.empty(), Optional.empty()));
    assertThat(ask("select count(*) from manyfactor.job_key")).isEqualTo("0");
    assertThat(effects()).isZero();
    assertThat(admin.drop(new JobId(UUID.randomUUID()))).isFalse();
  }

  @Test
  void aDiscardedJobIsDeadAfterOneAttempt() {
    var attempts = new AtomicInteger();
    Queue<Counted> queue =
        program
            .jobs()
            .queue(
                Counted.class,
                new Stubborn(
                    Policy.TRANSACTIONAL,
                    write -> {
                      if (attempts.incrementAndGet() == 1) {
                        throw new Discard("the account is closed");
                      }
                      TestProgram.effect(write, "paid");
                    }));
    program.open();
    JobId id = program.ask("acme", write -> queue.add(write, new Counted(1)));
    program.startWorker();
    JobAdmin admin = program.jobs().admin();
    Await.until("the letter is dead", () -> !program.deadLetters().isEmpty());
    assertThat(program.deadLetters().getFirst().summary().reason())
        .contains("discarded: the account is closed");

    assertThat(admin.retry(id).due()).containsExactly(id);

    Await.until("the retried job ran", () -> effects() == 1);
    assertThat(admin.retry(id)).isEqualTo(new Retried(List.of(), List.of()));
    assertThat(program.deadLetters()).isEmpty();
  }

  @Test
  void aJobThatOutstaysItsDeadlineIsInterruptedAndHasFailed() {
    overdue(write -> {
      TestProgram.effect(write, "never");
      Await.latch(new CountDownLatch(1));
    });
  }

  @Test
  void aStatementThatOutstaysTheDeadlineIsCancelledAndTheJobHasFailed() {
    overdue(write -> {
      TestProgram.effect(write, "never");
      write.sql("select pg_sleep(30)").list(row -> "");
    });
  }

  private void overdue(Consumer<Write> work) {
    Policy policy = Policy.TRANSACTIONAL.withAttempts(1).withDeadline(Duration.ofMillis(300));
    Queue<Counted> queue = program.jobs().queue(Counted.class, new Stubborn(policy, work));
    program.open();
    program.write("acme", write -> queue.add(write, new Counted(1)));
    program.startWorker();

    Await.until("it is dead", () -> ask("select count(*) from manyfactor.dead").equals("1"));

    assertThat(ask("select reason from manyfactor.dead")).contains("deadline");
    assertThat(effects()).isZero();
    assertThat(left()).containsExactly("0");
  }

  @Test
  void aFailureThatTheJobSwallowedStillFailsIt() {
    Policy policy = Policy.TRANSACTIONAL.withAttempts(1);
    Queue<Counted> queue =
        program
            .jobs()
            .queue(
                Counted.class,
                new Stubborn(
                    policy,
                    write -> {
                      TestProgram.effect(write, "never");
                      try {
                        write.update("select nonsense");
                      } catch (DatabaseException swallowed) {
                        // the transaction is doomed all the same
                      }
                    }));
    program.open();
    program.write("acme", write -> queue.add(write, new Counted(1)));
    program.startWorker();

    Await.until("it is dead", () -> ask("select count(*) from manyfactor.dead").equals("1"));
    assertThat(effects()).isZero();
  }

  @Test
  void aFailureThatCostTheConnectionCountsAsWell() {
    var attempts = new AtomicInteger();
    Queue<Counted> queue =
        program
            .jobs()
            .queue(
                Counted.class,
                new Stubborn(
                    Policy.TRANSACTIONAL.withWaits(Duration.ofMillis(1), Duration.ofMillis(1)),
                    write -> {
                      TestProgram.effect(write, "attempt " + attempts.incrementAndGet());
                      if (attempts.get() == 1) {
                        write.sql("select pg_terminate_backend(pg_backend_pid())").list(row -> "");
                      }
                    }));
    program.open();
    program.write("acme", write -> queue.add(write, new Counted(1)));
    program.startWorker();

    Await.until("the second attempt is done", () -> effects() == 1);
    assertThat(ask("select note from effect")).isEqualTo("attempt 2");
    assertThat(left()).containsExactly("0");
  }

  @Test
  void aPayloadThatCannotBeReadFailsTheAttempt() {
    Queue<Counted> queue =
        program
            .jobs()
            .queue(
                Counted.class,
                new Stubborn(Policy.TRANSACTIONAL, write -> TestProgram.effect(write, "never")));
    program.open();
    program.write("acme", write -> queue.add(write, new Counted(1)));
    postgres.execute("update manyfactor.job set payload = '{\"number\":1,\"more\":2}'");
    program.startWorker();

    Await.until("it waits", () -> ask("select count(*) from manyfactor.later").equals("1"));
    assertThat(ask("select failures -> 0 ->> 'reason' from manyfactor.later"))
        .contains("the stored payload of", "\"more\"");
    assertThat(effects()).isZero();
  }

  @Test
  void stoppingWaitsForTheRunningJobAndStartsNoOther() throws InterruptedException {
    var started = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    Queue<Counted> queue =
        program
            .jobs()
            .queue(
                Counted.class,
                new Stubborn(
                    Policy.TRANSACTIONAL,
                    write -> {
                      started.countDown();
                      Await.latch(goOn);
                      TestProgram.effect(write, "finished");
                    }));
    program.open();
    program.write("acme", write -> queue.add(write, new Counted(1)));
    Worker worker = program.startWorker();
    started.await();

    var stopped = CompletableFuture.supplyAsync(() -> worker.stop(Duration.ofSeconds(20)));
    program.write("acme", write -> queue.add(write, new Counted(2)));
    goOn.countDown();

    assertThat(stopped.join()).isTrue();
    assertThat(effects()).isEqualTo(1);
    assertThat(left()).containsExactly("1");
  }

  @Test
  void aTransactionalJobThatDoesNotEndInTimeIsDueAgainWithoutAFailure()
      throws InterruptedException {
    var started = new CountDownLatch(1);
    Queue<Counted> queue =
        program
            .jobs()
            .queue(
                Counted.class,
                new Stubborn(
                    Policy.TRANSACTIONAL,
                    write -> {
                      TestProgram.effect(write, "never");
                      started.countDown();
                      Await.latch(new CountDownLatch(1));
                    }));
    program.open();
    program.write("acme", write -> queue.add(write, new Counted(1)));
    Worker worker = program.startWorker();
    started.await();

    assertThat(worker.stop(Duration.ofMillis(50))).isFalse();

    assertThat(ask("select attempts from manyfactor.job")).isEqualTo("0");
    assertThat(effects()).isZero();
  }

  /// A job that does what a test says.
  private record Stubborn(Policy policy, Consumer<Write> work)
      implements TransactionalJob<Counted> {
    @Override
    public void run(Write write, Counted counted) {
      work.accept(write);
    }
  }

  private int effects() {
    return Integer.parseInt(ask("select count(*) from effect"));
  }

  private String ask(String sql) {
    return postgres.ask(sql).getFirst();
  }

  private List<String> left() {
    return postgres.ask(
        "select (select count(*) from manyfactor.job) + (select count(*) from manyfactor.run)"
            + " + (select count(*) from manyfactor.later)");
  }
}
