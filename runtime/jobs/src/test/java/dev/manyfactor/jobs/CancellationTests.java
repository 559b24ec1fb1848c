package dev.manyfactor.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.database.Call;
import dev.manyfactor.database.TestPostgres;
import dev.manyfactor.database.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CancellationTests {
  private final TestClock clock = new TestClock();
  private final TestPostgres postgres = TestTables.create();
  private final TestProgram program = new TestProgram(postgres, clock);
  private final AtomicInteger starts = new AtomicInteger();
  private final CountDownLatch begun = new CountDownLatch(1);

  record Paid(int number) {}

  @AfterEach
  void close() {
    program.close();
  }

  @Test
  void aJobThatWaitsIsADeadLetterAtOnceAndItsUniqueKeyIsFree() {
    Queue<Paid> queue = declare(transactional(() -> {}));
    JobAdmin admin = program.open().jobs().admin();
    JobId due = add(queue, Terms.NOW.unique("a"));
    JobId later = add(queue, Terms.after(Duration.ofDays(1)).unique("b"));

    assertThat(admin.cancel(due)).isEqualTo(dead(due));
    assertThat(admin.cancel(later)).isEqualTo(dead(later));

    assertThat(program.deadLetters())
        .extracting(letter -> letter.summary().reason().orElseThrow())
        .containsExactly(Ledger.CANCELLED, Ledger.CANCELLED);
    assertThat(postgres.ask("select count(*) from manyfactor.job_key")).containsExactly("0");
    assertThat(admin.cancel(JobId.at(clock.instant())).ended()).hasSize(1);
  }

  @Test
  void aTransactionalJobThatRunsIsInterruptedAndNothingOfItIsStored() {
    Queue<Paid> queue = declare(transactional(this::waitForEver));
    cancelledWhileItRuns(queue);
  }

  @Test
  void aTransactionalJobThatWaitsForTheServerIsInterruptedAsWell() {
    Queue<Paid> queue =
        declare(
            work((write, paid) -> {
              starts.incrementAndGet();
              effect(write, paid);
              write.sql("select pg_sleep(8)").list(row -> "");
            }));
    cancelledWhileItRuns(queue);
  }

  @Test
  void aLeasedJobThatRunsIsInterruptedAndNothingOfItIsStored() {
    Queue<Paid> queue = declare(leased(this::waitForEver));
    cancelledWhileItRuns(queue);
    Await.until("the mark is gone", () -> ask("select count(*) from manyfactor.cancelled") == 0);
  }

  @Test
  void aLeasedJobThatHasNotWrittenYetIsADeadLetterAtOnceAndCannotWrite() {
    Queue<Paid> queue =
        declare(
            lease(call -> {
              starts.incrementAndGet();
              begun.countDown();
              waitAndGoOn();
              call.<Boolean>write(write -> {
                effect(write, new Paid(1));
                return true;
              });
            }));
    cancelledWhileItRuns(queue);
    assertThat(ask("select count(*) from effect")).isZero();
  }

  @Test
  void aJobThatGoesOnAllTheSameStoresNothing() {
    Queue<Paid> queue = declare(transactional(this::waitAndGoOn));
    cancelledWhileItRuns(queue);
  }

  @Test
  void aLeasedJobThatGoesOnAfterItsWriteStoresNothing() {
    Queue<Paid> queue = declare(leased(this::waitAndGoOn));
    cancelledWhileItRuns(queue);
  }

  private void cancelledWhileItRuns(Queue<Paid> queue) {
    JobAdmin admin = program.open().jobs().admin();
    JobId job = add(queue, Terms.NOW.unique("a"));
    program.startWorker();
    Await.latch(begun);
    assertThat(admin.show(job).orElseThrow().summary().state()).isEqualTo(JobState.RUNNING);

    assertThat(admin.cancel(job)).isEqualTo(dead(job));

    assertThat(admin.show(job).orElseThrow().summary().reason()).contains(Ledger.CANCELLED);
    assertThat(ask("select count(*) from manyfactor.job_key")).isZero();
    assertThat(ask("select count(*) from effect")).isZero();
    assertThat(starts).hasValue(1);
    assertThat(admin.retry(job).due()).containsExactly(job);
    Await.until("it runs again", () -> starts.get() == 2);
  }

  @Test
  void whoeverTakesAJobWhoseWorkerDiedBeforeItWasInterruptedBuriesIt() {
    Queue<Paid> transactional = declare(transactional(() -> {}));
    program.open();
    JobId job = add(transactional, Terms.NOW);
    postgres.execute("insert into manyfactor.cancelled (job) select id from manyfactor.job");

    program.startWorker();

    Await.until("it is dead", () -> !program.deadLetters().isEmpty());
    assertThat(program.deadLetters().getFirst().summary().id()).isEqualTo(job);
    assertThat(starts).hasValue(0);
    assertThat(ask("select count(*) from manyfactor.cancelled")).isZero();
  }

  @Test
  void whoeverLeasesAJobThatIsMarkedBuriesIt() {
    Queue<Paid> leased = declare(lease(call -> starts.incrementAndGet()));
    program.open();
    add(leased, Terms.NOW);
    postgres.execute("insert into manyfactor.cancelled (job) select id from manyfactor.job");

    program.startWorker();

    Await.until("it is dead", () -> !program.deadLetters().isEmpty());
    assertThat(starts).hasValue(0);
    assertThat(ask("select count(*) from manyfactor.run")).isZero();
    Await.until("the mark is gone", () -> ask("select count(*) from manyfactor.cancelled") == 0);
  }

  @Test
  void eitherTheCommitOfATransactionalJobWinsOrItsCancellation() {
    eitherWins(transactional(() -> {}));
  }

  @Test
  void eitherTheCommitOfALeasedJobWinsOrItsCancellation() {
    eitherWins(leased(() -> {}));
  }

  private void eitherWins(Job<Paid> job) {
    try (var second = new TestProgram(postgres, clock)) {
      Queue<Paid> queue = declare(job);
      second.jobs().queue(Paid.class, job);
      JobAdmin admin = program.open().jobs().admin();
      second.open();
      List<JobId> ids =
          program.ask(
              "acme",
              write ->
                  IntStream.range(0, 60)
                      .mapToObj(number -> queue.add(write, new Paid(number)))
                      .toList());
      program.startWorker();
      second.startWorker();
      List<CompletableFuture<Cancelled>> answers = new ArrayList<>();
      for (JobId id : ids) {
        answers.add(CompletableFuture.supplyAsync(() -> admin.cancel(id)));
      }

      List<JobId> dead = answers.stream().flatMap(all -> all.join().dead().stream()).toList();
      List<JobId> ended = answers.stream().flatMap(all -> all.join().ended().stream()).toList();
      Await.until("nothing is left", () -> left() == 0);

      assertThat(dead.size() + ended.size()).isEqualTo(ids.size());
      assertThat(postgres.ask("select id from manyfactor.dead"))
          .containsExactlyInAnyOrderElementsOf(Desk.texts(dead));
      assertThat(ask("select count(*) from effect")).isEqualTo(ended.size());
      assertThat(postgres.ask("select distinct note from effect")).hasSize(ended.size());
    }
  }

  private static Job<Paid> work(TransactionalJob<Paid> job) {
    return job;
  }

  private Job<Paid> transactional(Runnable rest) {
    return work((write, paid) -> {
      starts.incrementAndGet();
      effect(write, paid);
      rest.run();
    });
  }

  private Job<Paid> leased(Runnable rest) {
    return lease(call -> {
      call.<Boolean>write(write -> {
        effect(write, new Paid(starts.incrementAndGet()));
        return true;
      });
      rest.run();
    });
  }

  private static Job<Paid> lease(Consumer<Call> work) {
    LeasedJob<Paid> job = (call, paid) -> work.accept(call);
    return job;
  }

  private void effect(Write write, Paid paid) {
    TestProgram.effect(write, "paid " + paid.number());
    begun.countDown();
  }

  private void waitForEver() {
    Await.latch(new CountDownLatch(1));
  }

  private void waitAndGoOn() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException ignored) {
      // as a job that does not know better
    }
  }

  private Queue<Paid> declare(Job<Paid> job) {
    return program.jobs().queue(Paid.class, job);
  }

  private JobId add(Queue<Paid> queue, Terms terms) {
    return program.ask("acme", write -> queue.add(write, new Paid(1), terms));
  }

  private static Cancelled dead(JobId job) {
    return new Cancelled(List.of(job), List.of(), List.of());
  }

  private int left() {
    return ask(
        "select (select count(*) from manyfactor.job) + (select count(*) from manyfactor.run)"
            + " + (select count(*) from manyfactor.later)");
  }

  private int ask(String sql) {
    return Integer.parseInt(postgres.ask(sql).getFirst());
  }
}
