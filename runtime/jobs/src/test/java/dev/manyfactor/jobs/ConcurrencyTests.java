package dev.manyfactor.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.manyfactor.database.Call;
import dev.manyfactor.database.TestPostgres;
import dev.manyfactor.database.Write;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConcurrencyTests {
  private static final int JOBS = 40;

  private final TestClock clock = new TestClock();
  private final TestPostgres postgres = TestTables.create();
  private final TestProgram program = new TestProgram(postgres, clock);
  private final TestProgram second = new TestProgram(postgres, clock);
  private final Looks looks = new Looks(program);

  record Two(int number) {}

  private record TwoInTransactions(Consumer<Write> work) implements TransactionalJob<Two> {
    @Override
    public void run(Write write, Two two) {
      work.accept(write);
    }

    @Override
    public Policy policy() {
      return Policy.TRANSACTIONAL.withConcurrency(2);
    }
  }

  private record TwoUnderLeases(Consumer<Call> work) implements LeasedJob<Two> {
    @Override
    public void run(Call call, Two two) {
      work.accept(call);
    }

    @Override
    public Policy policy() {
      return Policy.LEASED.withConcurrency(2);
    }
  }

  @AfterEach
  void close() {
    program.close();
    second.close();
  }

  @Test
  void twoWorkersTogetherRunTwoTransactionalJobsOfAKindThatIsBoundToTwo() {
    twoRunAndNeverThree(work -> new TwoInTransactions(write -> work.run()));
  }

  @Test
  void twoWorkersTogetherRunTwoLeasedJobsOfAKindThatIsBoundToTwo() {
    twoRunAndNeverThree(work -> new TwoUnderLeases(call -> work.run()));
  }

  /// As if another worker looked at the same time: it has taken both places and not yet committed.
  @Test
  void placesThatAreJustBeingTakenAreNotTakenTwice() throws Exception {
    Queue<Two> queue = program.jobs().queue(Two.class, new TwoUnderLeases(call -> {}));
    program.open();
    program.write("acme", write -> queue.add(write, new Two(1)));
    try (Connection other = postgres.app().connect("test");
        var statement = other.createStatement();
        Lifeline lifeline = Lifeline.open(program.jobs().opened(), Liveness.SESSION_LOCK)) {
      other.setAutoCommit(false);
      statement.execute(
          "insert into manyfactor.run (id, kind, tenant, payload, release, attempts, fence, failures,"
              + " enqueued_at, worker, expires_at, slot) select gen_random_uuid(), '%s', 'acme', '{}',"
                  .formatted(queue.kind())
              + " 'r1', 0, 1, '[]', now(), pg_backend_pid(), now() + interval '1 hour', n"
              + " from generate_series(1, 2) as n");
      CompletableFuture<Round> look = CompletableFuture.supplyAsync(() -> look(lifeline));
      Await.until(
          "the look waits for the other",
          () ->
              !postgres
                  .ask("select pid from pg_locks where not granted and locktype = 'transactionid'")
                  .isEmpty());
      other.commit();

      assertThat(look.get(20, TimeUnit.SECONDS).leased()).isEmpty();
      assertThat(postgres.ask("select count(*) from manyfactor.job")).containsExactly("1");
    }
  }

  private static Round look(Lifeline lifeline) {
    try {
      return lifeline.look().take(new Look.Order(4, false, false));
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /// The first two wait for each other, so two do run; while they do, no third one begins.
  private void twoRunAndNeverThree(Function<Runnable, Job<Two>> job) {
    var begun = new AtomicInteger();
    var goOn = new CountDownLatch(1);
    var busiest = new Busiest();
    Job<Two> counting =
        job.apply(() -> {
          begun.incrementAndGet();
          Await.latch(goOn);
          busiest.once();
        });
    Queue<Two> queue = program.jobs().queue(Two.class, counting);
    second.jobs().queue(Two.class, counting);
    program.open();
    second.open();
    program.write(
        "acme",
        write -> IntStream.range(0, JOBS).forEach(number -> queue.add(write, new Two(number))));
    program.startWorker();
    second.startWorker();

    Await.until("two have begun", () -> begun.get() == 2);
    looks.await(3);
    assertThat(begun).hasValue(2);
    assertThat(program.jobs().admin().queues())
        .filteredOn(all -> all.kind().equals(queue.kind()))
        .extracting(QueueSummary::running, QueueSummary::due)
        .containsExactly(tuple(2L, JOBS - 2L));
    goOn.countDown();

    Await.until("all are done", () -> begun.get() == JOBS && left().equals(List.of("0")));
    assertThat(busiest.most()).isLessThanOrEqualTo(2);
  }

  private List<String> left() {
    return postgres.ask(
        "select (select count(*) from manyfactor.job) + (select count(*) from manyfactor.run)");
  }
}
