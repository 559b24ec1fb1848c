package dev.manyfactor.jobs;

import dev.manyfactor.database.spi.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What becomes of jobs that were given up. Safe on many threads.
record DeadLetters(Desk desk) {
  private static final int BATCH = 1_000;

  /// A mark is of no use once its job has ended; whoever made it has usually removed it.
  private static final Duration MARKS_KEPT = Duration.ofHours(1);

  private record Found(JobId id, String state) {}

  /// Makes those of them that are dead due again.
  Retried retry(List<JobId> ids) {
    List<Desk.Moved> moved = desk.move(Statement.of(AdminSql.RETRY, Desk.texts(ids)));
    moved.stream().map(Desk.Moved::kind).distinct().forEach(desk.running().wakes()::added);
    Set<JobId> due = moved.stream().map(Desk.Moved::id).collect(Collectors.toSet());
    List<JobId> rest = ids.stream().filter(job -> !due.contains(job)).toList();
    return new Retried(List.copyOf(due), rest.isEmpty() ? rest : stillDead(rest));
  }

  private List<JobId> stillDead(List<JobId> ids) {
    return desk
        .ask(
            Statement.of(AdminSql.STATES, Desk.texts(ids)),
            row -> new Found(new JobId(row.uuid("id")), row.text("state")))
        .stream()
        .filter(job -> job.state().equals(JobState.DEAD.word()))
        .map(Found::id)
        .toList();
  }

  /// Forgets those of them that are dead.
  int drop(List<JobId> ids) {
    return desk.move(Statement.of(AdminSql.DROP, Desk.texts(ids))).size();
  }

  /// Forgets those that have been dead for longer than that.
  long forget(Duration retention) {
    Instant now = desk.running().clock().instant();
    desk.move(Statement.of(AdminSql.FORGET_MARKS, now.minus(MARKS_KEPT)));
    long forgotten = 0;
    int last;
    do {
      last = desk.move(Statement.of(AdminSql.FORGET, now.minus(retention), BATCH)).size();
      forgotten += last;
    } while (last == BATCH);
    return forgotten;
  }
}
