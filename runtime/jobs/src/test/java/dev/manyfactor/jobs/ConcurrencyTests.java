package dev.manyfactor.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.manyfactor.database.Call;
import dev.manyfactor.database.TestPostgres;
import dev.manyfactor.database.Write;
import java.util.List;
import java.util.concurrent.CountDownLatch;
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
