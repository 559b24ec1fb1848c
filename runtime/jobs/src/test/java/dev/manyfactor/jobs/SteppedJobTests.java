package dev.manyfactor.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.database.TestPostgres;
import dev.manyfactor.database.Write;
import dev.manyfactor.jobs.SteppingWorker.Between;
import dev.manyfactor.jobs.SteppingWorker.Inside;
import dev.manyfactor.jobs.SteppingWorker.Reached;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SteppedJobTests {
  private final TestPostgres postgres = TestTables.create();
  private final TestProgram program = new TestProgram(postgres, new TestClock());

  @AfterEach
  void close() {
    program.close();
  }

  @Test
  void stepsOfKilledProcessGoOnElsewhereEachWithOneEffect(@TempDir Path folder) throws Exception {
    Queue<Inside> insides =
        program
            .jobs()
            .queue(Inside.class, Reached.class, (write, p, from) -> step(write, "inside", from));
    Queue<Between> betweens =
        program
            .jobs()
            .queue(Between.class, Reached.class, (write, p, from) -> step(write, "between", from));
    program.open();
    program.write("acme", write -> insides.add(write, new Inside(1), Terms.NOW.unique("one")));
    program.write("acme", write -> betweens.add(write, new Between(1)));
    Process process = OtherProcess.start(SteppingWorker.class, postgres, folder);
    try {
      Await.begun(folder.resolve("inside"));
      Await.begun(folder.resolve("between"));
    } finally {
      process.destroyForcibly().waitFor(); // kill -9
    }
    assertThat(effects()).hasSize(2 + 3);

    program.startWorker();

    Await.until("both are done", () -> left() == 0);
    assertThat(effects()).containsExactlyInAnyOrderElementsOf(all("inside", "between"));
    assertThat(postgres.ask("select job from manyfactor.checkpoint")).isEmpty();
    assertThat(postgres.ask("select key from manyfactor.job_key")).isEmpty();
  }

  private static Optional<Reached> step(Write write, String name, Optional<Reached> from) {
    return SteppingWorker.step(write, name, from);
  }

  private static List<String> all(String... names) {
    return Stream.of(names)
        .flatMap(name ->
            IntStream.rangeClosed(1, SteppingWorker.STEPS).mapToObj(step -> name + ' ' + step))
        .toList();
  }

  @Test
  void stepThatFailsIsTriedAgainFromItsCheckpointAndProgressGivesAllAttemptsBack() {
    var calls = new AtomicInteger();
    Queue<Inside> queue =
        program
            .jobs()
            .queue(
                Inside.class,
                Reached.class,
                new Patient((write, inside, from) -> {
                  Optional<Reached> next = step(write, "inside", from);
                  if (calls.incrementAndGet() % 2 == 1) {
                    throw new IllegalStateException("every other call fails");
                  }
                  return next;
                }));
    program.open();
    program.write("acme", write -> queue.add(write, new Inside(1)));
    program.startWorker();

    Await.until("it is done", () -> left() == 0);
    assertThat(effects()).containsExactlyInAnyOrderElementsOf(all("inside"));
    assertThat(calls).hasValue(2 * SteppingWorker.STEPS); // with two attempts at each step
  }

  @Test
  void deadLetterKeepsItsCheckpointAndGoesOnThereWhenRetried() {
    var broken = new AtomicInteger(1);
    Queue<Inside> queue =
        program
            .jobs()
            .queue(
                Inside.class,
                Reached.class,
                new Patient((write, inside, from) -> {
                  if (broken.get() == 1 && from.isPresent()) {
                    throw new Discard("the second step is broken");
                  }
                  return step(write, "inside", from);
                }));
    program.open();
    JobId id = program.ask("acme", write -> queue.add(write, new Inside(1)));
    program.startWorker();
    Await.until("it is dead", () -> postgres.ask("select id from manyfactor.dead").size() == 1);
    assertThat(effects()).containsExactly("inside 1");
    broken.set(0);

    program.jobs().admin().retry(id);

    Await.until("it is done", () -> effects().size() == SteppingWorker.STEPS);
    assertThat(effects()).containsExactlyInAnyOrderElementsOf(all("inside"));
    assertThat(postgres.ask("select job from manyfactor.checkpoint")).isEmpty();
  }

  @Test
  void droppedDeadLetterTakesItsCheckpointWithIt() {
    Queue<Inside> queue =
        program
            .jobs()
            .queue(
                Inside.class,
                Reached.class,
                (write, inside, from) -> {
                  from.ifPresent(reached -> {
                    throw new Discard("the second step is broken");
                  });
                  return step(write, "inside", from);
                });
    program.open();
    JobId id = program.ask("acme", write -> queue.add(write, new Inside(1)));
    program.startWorker();
    Await.until("it is dead", () -> postgres.ask("select id from manyfactor.dead").size() == 1);
    assertThat(postgres.ask("select steps from manyfactor.checkpoint")).containsExactly("1");

    program.jobs().admin().drop(id);

    assertThat(postgres.ask("select job from manyfactor.checkpoint")).isEmpty();
  }

  @Test
  void workerThatDrainsEndsItsStepAndLeavesTheRestToAnother() throws InterruptedException {
    var second = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    SteppedJob<Inside, Reached> job =
        (write, inside, from) -> {
          if (from.filter(reached -> reached.step() == 1).isPresent()) {
            second.countDown();
            Await.latch(goOn);
          }
          return step(write, "inside", from);
        };
    Queue<Inside> queue = program.jobs().queue(Inside.class, Reached.class, job);
    program.open();
    program.write("acme", write -> queue.add(write, new Inside(1)));
    Worker draining = program.startWorker();
    second.await();
    Thread stop = Thread.ofVirtual().start(() -> draining.stop(Duration.ofSeconds(20)));
    goOn.countDown();
    stop.join();
    int before = effects().size();
    assertThat(before).isBetween(2, SteppingWorker.STEPS);

    program.startWorker();

    Await.until("it is done", () -> left() == 0);
    assertThat(effects()).containsExactlyInAnyOrderElementsOf(all("inside"));
  }

  /// Two attempts at each step, at once.
  private record Patient(SteppedJob<Inside, Reached> job) implements SteppedJob<Inside, Reached> {
    @Override
    public Optional<Reached> step(Write write, Inside inside, Optional<Reached> from) {
      return job.step(write, inside, from);
    }

    @Override
    public Policy policy() {
      return Policy.TRANSACTIONAL
          .withAttempts(2)
          .withWaits(Duration.ofMillis(1), Duration.ofMillis(1));
    }
  }

  private List<String> effects() {
    return postgres.ask("select note from effect");
  }

  private int left() {
    return Integer.parseInt(
        postgres
            .ask(
                "select (select count(*) from manyfactor.job)"
                    + " + (select count(*) from manyfactor.later)")
            .getFirst());
  }
}
