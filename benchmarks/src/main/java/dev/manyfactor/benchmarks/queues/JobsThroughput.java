package dev.manyfactor.benchmarks.queues;

import dev.manyfactor.benchmarks.Evidence;
import dev.manyfactor.benchmarks.Machine;
import dev.manyfactor.benchmarks.Options;
import dev.manyfactor.benchmarks.Progress;
import dev.manyfactor.formation.Durability;
import dev.manyfactor.formation.EmbeddedPostgres;
import dev.manyfactor.formation.ServiceDatabase;
import dev.manyfactor.formation.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Jobs added, run, and both, per second: the runtime's, beside the same statements by pgbench and
/// beside db-scheduler, on one server with durable commits, in turn in every round; then how long a
/// job waits at half of the rate that was reached. The server has a processor of its own.
public final class JobsThroughput {
  private static final int POSTGRES = 18;
  private static final int JOBS_PER_SECOND_OF_ROUND = 4_096;
  private static final Options DEFAULT = new Options(7, 4, 1);

  private final Options options;
  private final Surroundings surroundings;

  private JobsThroughput(Options options, Surroundings surroundings) {
    this.options = options;
    this.surroundings = surroundings;
  }

  public static void main(String[] arguments) throws Exception {
    var benchmark = new JobsThroughput(DEFAULT.with(arguments), Surroundings.ofProcess());
    benchmark.measure(Machine.here(benchmark.surroundings.clock()));
  }

  private void measure(Machine machine) throws IOException, SQLException, InterruptedException {
    Path folder = Files.createTempDirectory("jobs");
    Processors.keepClients();
    try (var postgres = EmbeddedPostgres.start(folder, POSTGRES, Durability.ON);
        var ours = Ours.open(false, tables(postgres, "ours"), surroundings);
        var leased = Ours.open(true, tables(postgres, "leased"), surroundings);
        var rival =
            DbScheduler.open(
                postgres.createDatabase("rival").ownerUrl(),
                surroundings.nanos(),
                surroundings.clock())) {
      Processors.keepServer();
      var figures = new Ratios();
      var limit = new Limit(tables(postgres, "bare"));
      for (int round = 0; round <= options.rounds(); round++) { // the first one warms up
        Progress.say("round %d of %d".formatted(round, options.rounds()));
        round(figures.round(round), new Ours[] {ours, leased}, rival, limit);
      }
      Progress.say("waits");
      double half = figures.median("end to end, transactional") / 2;
      Duration bound = Duration.ofSeconds(5L * options.seconds());
      figures.waits("transactional", ours.waits(half, bound));
      figures.waits("leased", leased.waits(half, bound));
      figures.waits(
          "db-scheduler", rival.waits(figures.median("end to end, db-scheduler") / 2, bound));
      report(figures, machine);
    }
  }

  private static Tables tables(EmbeddedPostgres postgres, String name)
      throws SQLException, InterruptedException {
    ServiceDatabase database = postgres.createDatabase(name);
    Tables tables = Tables.ofRuntime(database.ownerUrl(), database.servingUrl());
    Ours.migrate(tables);
    return tables;
  }

  private void round(Ratios.Round round, Ours[] ours, DbScheduler rival, Limit limit)
      throws IOException, SQLException, InterruptedException {
    Duration time = Duration.ofSeconds(options.seconds());
    int jobs = JOBS_PER_SECOND_OF_ROUND * options.seconds();
    round.keep("enqueue, pgbench", limit.enqueue(time));
    round.keep("enqueue, transactional", ours[0].enqueue(time));
    round.keep("enqueue, db-scheduler", rival.enqueue(time));
    round.keep("work, transactional", ours[0].work(jobs));
    round.keep("work, pgbench", limit.transactional(jobs));
    round.keep("work, db-scheduler", rival.work(jobs));
    round.keep("work, leased", ours[1].work(jobs));
    round.keep("work, pgbench leased", limit.leased(jobs));
    round.keep("end to end, pgbench", limit.endToEnd(jobs));
    round.keep("end to end, transactional", ours[0].endToEnd(jobs));
    round.keep("end to end, db-scheduler", rival.endToEnd(jobs));
    round.keep("end to end, leased", ours[1].endToEnd(jobs));
  }

  private void report(Ratios figures, Machine machine) throws IOException {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("options", options);
    settings.put("connections", Contender.LANES);
    settings.put("postgresql", POSTGRES + ", fsync and synchronous_commit on");
    settings.put("processors", "one for the server, another for its clients");
    settings.put("job", "one number as payload; does nothing");
    settings.put(
        "db_scheduler", "16.12.0, lock-and-fetch 1.0 to 4.0, immediate execution, no payload");
    var evidence =
        new Evidence(
            "jobs-throughput",
            "benchmarks/run queues.JobsThroughput",
            machine,
            settings,
            new Evidence.Cells(options.rounds(), figures.rounds().size(), List.of()),
            figures.rounds(),
            figures.medians(),
            figures.compared());
    Progress.say(figures.table());
    Progress.say("written to " + evidence.write());
  }
}
