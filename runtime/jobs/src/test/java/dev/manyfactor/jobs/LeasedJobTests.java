package dev.manyfactor.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.context.Context;
import dev.manyfactor.database.Call;
import dev.manyfactor.database.TestPostgres;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeasedJobTests {
  private static final Policy QUICK =
      Policy.LEASED.withAttempts(3).withWaits(Duration.ofMillis(1), Duration.ofMillis(1));

  private final TestClock clock = new TestClock();
  private final TestPostgres postgres = TestTables.create();
  private final TestProgram program = new TestProgram(postgres, clock);

  record Sent(int number) {}

  /// A job that does what a test says.
  private record Obedient(Policy policy, Consumer<Call> work) implements LeasedJob<Sent> {
    @Override
    public void run(Call call, Sent sent) {
      work.accept(call);
    }
  }

  @AfterEach
  void close() {
    program.close();
  }

  @Test
  void theCallsAreMadeUnderOneKeyAndTheLastWriteIsTheOnlyEffect() {
    List<String> keys = new CopyOnWriteArrayList<>();
    List<Boolean> inTransaction = new CopyOnWriteArrayList<>();
    Queue<Sent> queue =
        declare(
            QUICK,
            call -> {
              keys.add(call.key());
              inTransaction.add(Context.current().orElseThrow().inTransaction());
              effect(call, "attempt " + keys.size());
              if (keys.size() == 1) {
                throw new IllegalStateException("after the write");
              }
            });
    JobId id = add(queue);
    program.startWorker();

    Await.until("the second attempt is done", () -> keys.size() == 2 && left().equals("0"));

    assertThat(postgres.ask("select note from effect")).containsExactly("attempt 2");
    assertThat(keys).containsExactly("job:" + id, "job:" + id);
    assertThat(inTransaction).containsOnly(false);
  }

  @Test
  void aJobThatWritesNothingIsDoneWhenItReturns() {
    var runs = new AtomicInteger();
    Queue<Sent> queue =
        declare(
            QUICK,
            call -> {
              assertThat(call.<Boolean>read(read -> read.sql("select 1").exists())).isTrue();
              runs.incrementAndGet();
            });
    add(queue);
    program.startWorker();

    Await.until("it is done", () -> runs.get() == 1 && left().equals("0"));
  }

  @Test
  void aJobThatAlwaysFailsIsADeadLetterAfterItsLastAttempt() {
    Queue<Sent> queue =
        declare(
            QUICK,
            call -> {
              throw new IllegalStateException("refused");
            });
    add(queue);
    program.startWorker();

    Await.until("it is dead", () -> !program.deadLetters().isEmpty());
    assertThat(program.deadLetters().getFirst().failures()).hasSize(3);
    assertThat(left()).isEqualTo("0");
  }

  @Test
  void aJobThatOutstaysItsDeadlineIsInterruptedAndHasFailed() {
    Policy policy = QUICK.withAttempts(1).withDeadline(Duration.ofMillis(200));
    Queue<Sent> queue = declare(policy, call -> Await.latch(new CountDownLatch(1)));
    add(queue);
    program.startWorker();

    Await.until("it is dead", () -> !program.deadLetters().isEmpty());
    assertThat(program.deadLetters().getFirst().summary().reason().orElseThrow())
        .contains("longer than its deadline");
  }

  @Test
  void aWorkerThatLostItsSignOfLifeStopsItsLeasedJobsAndTheyRunAgain() {
    var starts = new AtomicInteger();
    var interrupted = new CountDownLatch(1);
    Queue<Sent> queue =
        declare(
            QUICK,
            call -> {
              if (starts.incrementAndGet() == 1) {
                waitForInterruption();
                interrupted.countDown();
                throw new IllegalStateException("interrupted");
              }
              effect(call, "attempt " + starts.get());
            });
    add(queue);
    program.startWorker();
    Await.until("it has started", () -> starts.get() == 1);

    terminateLifelines();

    Await.until("it is done", () -> starts.get() == 2 && left().equals("0"));
    assertThat(interrupted.getCount()).isZero();
    assertThat(postgres.ask("select note from effect")).containsExactly("attempt 2");
  }

  private static void waitForInterruption() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException expected) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aWorkerWhoseLeaseWasTakenOverCannotCommitWhileTheOtherRuns() {
    var starts = new AtomicInteger();
    var secondHasStarted = new CountDownLatch(1);
    var firstWasRefused = new CountDownLatch(1);
    List<Throwable> refusals = new CopyOnWriteArrayList<>();
    Queue<Sent> queue =
        declare(
            QUICK,
            call -> {
              if (starts.incrementAndGet() == 1) {
                waitDeafly(secondHasStarted);
                try {
                  effect(call, "attempt 1");
                } catch (RuntimeException refusal) {
                  refusals.add(refusal);
                  firstWasRefused.countDown();
                  throw refusal;
                }
              } else {
                secondHasStarted.countDown();
                Await.latch(firstWasRefused);
                effect(call, "attempt 2");
              }
            });
    add(queue);
    program.startWorker();
    Await.until("it has started", () -> starts.get() == 1);

    terminateLifelines();

    Await.until("it is done", () -> starts.get() == 2 && left().equals("0"));
    assertThat(refusals).singleElement().isInstanceOf(LeaseLostException.class);
    assertThat(postgres.ask("select note from effect")).containsExactly("attempt 2");
  }

  @Test
  void aLookThatFailsOnALivingSessionStopsNoJob() {
    var goOn = new CountDownLatch(1);
    var interrupted = new AtomicInteger();
    Queue<Sent> queue =
        declare(
            QUICK,
            call -> {
              try {
                goOn.await();
              } catch (InterruptedException interruption) {
                interrupted.incrementAndGet();
              }
              effect(call, "undisturbed");
            });
    add(queue);
    program.startWorker();
    Await.until("it has started", () -> leases() == 1);

    postgres.execute("revoke select on manyfactor.later from app");
    Await.until("a look has failed", this::aLookHasFailed);
    postgres.execute("grant select on manyfactor.later to app");
    goOn.countDown();

    Await.until("it is done", () -> left().equals("0"));
    assertThat(interrupted.get()).isZero();
    assertThat(postgres.ask("select note from effect")).containsExactly("undisturbed");
  }

  private int leases() {
    return postgres.ask("select id from manyfactor.run").size();
  }

  /// The session's last statement is then the question whether it lives.
  private boolean aLookHasFailed() {
    return postgres
        .ask(
            "select query not like '%manyfactor%' from pg_stat_activity"
                + " where application_name like '%worker%' and datname = current_database()")
        .equals(List.of("t"));
  }

  /// Waits as code does that does not heed interruptions.
  private static void waitDeafly(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException unheeded) {
        // goes on waiting
      }
    }
  }

  @Test
  void aStoppedWorkerGivesBackWhatDoesNotEndInTime() {
    var starts = new AtomicInteger();
    Queue<Sent> queue =
        declare(
            QUICK,
            call -> {
              if (starts.incrementAndGet() == 1) {
                Await.latch(new CountDownLatch(1));
              }
              effect(call, "attempt " + starts.get());
            });
    add(queue);
    Worker worker = program.startWorker();
    Await.until("it has started", () -> starts.get() == 1);

    assertThat(worker.stop(Duration.ofMillis(50))).isFalse();

    assertThat(postgres.ask("select attempts || ' ' || fence from manyfactor.job"))
        .containsExactly("0 1");
    program.startWorker();
    Await.until("it is done", () -> left().equals("0"));
    assertThat(postgres.ask("select note from effect")).containsExactly("attempt 2");
  }

  @Test
  void anAttemptThatOthersHaveLostTooOftenEndsAsADeadLetter() {
    Queue<Sent> queue = declare(QUICK, call -> effect(call, "never"));
    add(queue);
    postgres.execute("update manyfactor.job set attempts = 3");

    program.startWorker();

    Await.until("it is dead", () -> !program.deadLetters().isEmpty());
    assertThat(program.deadLetters().getFirst().summary().reason().orElseThrow()).contains("lost");
    assertThat(postgres.ask("select note from effect")).isEmpty();
  }

  private Queue<Sent> declare(Policy policy, Consumer<Call> work) {
    Queue<Sent> queue = program.jobs().queue(Sent.class, new Obedient(policy, work));
    program.open();
    return queue;
  }

  private JobId add(Queue<Sent> queue) {
    return program.ask("acme", write -> queue.add(write, new Sent(1)));
  }

  private static void effect(Call call, String note) {
    call.<Boolean>write(write -> {
      TestProgram.effect(write, note);
      return true;
    });
  }

  private void terminateLifelines() {
    assertThat(
            postgres.ask(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where application_name like '%worker%' and datname = current_database()"))
        .contains("t");
  }

  private String left() {
    return postgres
        .ask(
            "select (select count(*) from manyfactor.job) + (select count(*) from manyfactor.run)"
                + " + (select count(*) from manyfactor.later)")
        .getFirst();
  }
}
