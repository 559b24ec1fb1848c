package dev.manyfactor.jobs;

import dev.manyfactor.context.Context;
import dev.manyfactor.context.Deadline;
import dev.manyfactor.database.DatabaseException;
import dev.manyfactor.database.spi.Opening;
import dev.manyfactor.database.spi.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/// Ends leased jobs that have no effects of their own to commit, several in one transaction: while
/// one is on its way to the server, those that end meanwhile gather for the next. Nobody waits for
/// others to come.
///
/// On a thread of its own, so that whoever interrupts one job does not interrupt the others. Safe
/// on many threads.
final class Completions implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int MOST = 100;
  static final String COMPLETE = "select id from manyfactor.complete(?::uuid[], ?::bigint[])";

  private final Running running;
  private final Queue<Ending> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("jobs-completions").factory());

  /// A job that has been worked on.
  ///
  /// @param held whether its lease still held
  private record Ending(UUID job, long fence, CompletableFuture<Boolean> held) {}

  Completions(Running running) {
    this.running = running;
  }

  /// Ends a job, and waits until that is committed.
  ///
  /// @throws LeaseLostException if the lease was taken back
  /// @throws DatabaseException if the database does not do its part
  void complete(StoredJob job) {
    var ending = new Ending(job.id().value(), job.fence(), new CompletableFuture<>());
    waiting.add(ending);
    schedule();
    if (!held(ending)) {
      throw new LeaseLostException(job);
    }
  }

  private static boolean held(Ending ending) {
    try {
      return ending.held().join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof DatabaseException cause ? cause : failed;
    }
  }

  private void schedule() {
    if (scheduled.compareAndSet(false, true)) {
      try {
        thread.execute(this::sendNext);
      } catch (RejectedExecutionException closed) {
        sendNext(); // a job that its worker has left behind
      }
    }
  }

  private void sendNext() {
    scheduled.set(false);
    List<Ending> batch = new ArrayList<>();
    for (Ending next = waiting.poll(); next != null; next = waiting.poll()) {
      batch.add(next);
      if (batch.size() == MOST) {
        schedule();
        break;
      }
    }
    if (!batch.isEmpty()) {
      send(batch);
    }
  }

  private void send(List<Ending> batch) {
    try {
      Set<UUID> held = Set.copyOf(sent(batch));
      batch.forEach(ending -> ending.held().complete(held.contains(ending.job())));
    } catch (RuntimeException | Error failure) {
      batch.forEach(ending -> ending.held().completeExceptionally(failure));
    }
  }

  private List<UUID> sent(List<Ending> batch) {
    Context context = Context.of("jobs.complete", Deadline.after(PATIENCE, running.clock()));
    Statement complete =
        Statement.of(
            COMPLETE,
            batch.stream().map(Ending::job).toList(),
            batch.stream().map(Ending::fence).toList());
    try (var bracket = running.database().begin(context, Opening.none())) {
      return bracket.commitWith(complete, row -> row.uuid("id"));
    }
  }

  /// What is on its way goes on.
  @Override
  public void close() {
    thread.shutdown();
  }
}
