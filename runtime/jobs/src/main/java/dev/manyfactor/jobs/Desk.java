package dev.manyfactor.jobs;

import dev.manyfactor.context.Context;
import dev.manyfactor.context.Deadline;
import dev.manyfactor.database.RowMapper;
import dev.manyfactor.database.spi.Bracket;
import dev.manyfactor.database.spi.Opening;
import dev.manyfactor.database.spi.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/// Where the statements of an operator are carried out, each in a transaction of its own.
record Desk(Running running) {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /// A job that was moved.
  record Moved(JobId id, String kind) {}

  /// The rows of the answer, at most 1,000.
  <T> List<T> ask(Statement statement, RowMapper<T> mapper) {
    Context context = Context.of("jobs.admin", Deadline.after(PATIENCE, running.clock()));
    try (Bracket<List<T>> bracket =
        running.database().begin(context, Opening.rows(statement, mapper))) {
      List<T> answer = bracket.opened();
      bracket.commit();
      return answer;
    }
  }

  /// The jobs that a statement gives back, at most 1,000.
  List<Moved> move(Statement statement) {
    return ask(statement, row -> new Moved(new JobId(row.uuid("id")), row.text("kind")));
  }

  /// What a statement takes for an array of `uuid`.
  static List<String> texts(Collection<JobId> ids) {
    return ids.stream().map(JobId::value).map(UUID::toString).toList();
  }
}
