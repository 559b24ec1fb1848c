package dev.manyfactor.jobs;

import dev.manyfactor.context.Deadline;
import dev.manyfactor.database.Row;
import dev.manyfactor.database.spi.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Takes jobs out of their queues, the running ones included.
///
/// Whoever has the job's row decides: a job that nobody has is moved at once, and so is a leased
/// one, whose worker then cannot commit. The row of a transactional job, and of a leased one that
/// has written, belongs to the transaction of the attempt: such a job is marked, its worker
/// interrupts and buries it, and if the worker dies meanwhile, whoever has the row next does. For
/// one thread.
final class Cancellation {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  private final Desk desk;
  private final Set<JobId> dead = new LinkedHashSet<>();
  private final Set<JobId> ended = new LinkedHashSet<>();
  private final Set<JobId> left;

  private record Found(JobId id, String kind, String state) {
    static Found of(Row row) {
      return new Found(new JobId(row.uuid("id")), row.text("kind"), row.text("state"));
    }
  }

  Cancellation(Desk desk, Collection<JobId> ids) {
    this.desk = desk;
    this.left = new LinkedHashSet<>(ids);
  }

  /// Cancels them, and waits some seconds for those that run.
  Cancelled cancel() {
    var deadline = Deadline.after(PATIENCE, desk.running().clock());
    take();
    mark();
    while (!left.isEmpty() && !deadline.hasPassed() && pause()) {
      take();
      mark();
    }
    return new Cancelled(List.copyOf(dead), List.copyOf(ended), List.copyOf(left));
  }

  /// Moves what nobody has.
  private void take() {
    List<String> ids = Desk.texts(left);
    for (Desk.Moved job :
        desk.move(Statement.of(AdminSql.CANCEL, ids, ids, ids, Ledger.CANCELLED))) {
      settled(job.id(), dead);
      tellWorkers(job.kind()); // one that holds the lease interrupts the attempt
    }
  }

  /// Marks the others, and looks what became of them.
  private void mark() {
    List<String> ids = Desk.texts(left);
    boolean news = !desk.move(Statement.of(AdminSql.MARK, ids, ids)).isEmpty();
    Map<JobId, Found> found =
        desk.ask(Statement.of(AdminSql.STATES, ids), Found::of).stream()
            .collect(Collectors.toMap(Found::id, Function.identity()));
    List<JobId> over = left.stream().filter(job -> !lives(found.get(job))).toList();
    over.forEach(job -> settled(job, found.containsKey(job) ? dead : ended));
    if (!over.isEmpty()) {
      desk.move(Statement.of(AdminSql.UNMARK, Desk.texts(over)));
    }
    if (news) {
      found.values().stream().map(Found::kind).distinct().forEach(this::tellWorkers);
    }
  }

  private static boolean lives(@Nullable Found job) {
    return job != null && !job.state().equals(JobState.DEAD.word());
  }

  private void settled(JobId job, Set<JobId> as) {
    left.remove(job);
    as.add(job);
  }

  private void tellWorkers(String kind) {
    desk.running().wakes().added(kind);
  }

  private static boolean pause() {
    try {
      Thread.sleep(BETWEEN_LOOKS);
      return true;
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
