package dev.manyfactor.benchmarks.queues;

import dev.manyfactor.benchmarks.Evidence;
import dev.manyfactor.benchmarks.Machine;
import dev.manyfactor.benchmarks.Progress;
import dev.manyfactor.formation.Durability;
import dev.manyfactor.formation.EmbeddedPostgres;
import dev.manyfactor.formation.ServiceDatabase;
import dev.manyfactor.formation.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How long a claim takes while another transaction stays open for minutes, so that no row that is
/// deleted meanwhile can be vacuumed: 500 jobs a second are added and run, before, during and
/// after.
///
/// What is measured is how long jobs wait from before they are added until they start, each second,
/// and the index pages that a look at the due jobs reads.
public final class PinnedTransaction {
  private static final int POSTGRES = 18;
  private static final int PER_SECOND = 500;
  private static final Duration AFTER = Duration.ofSeconds(60);
  private static final Duration STEP = Duration.ofSeconds(10);

  private final int minutes;
  private final Surroundings surroundings;
  private final List<Moment> moments = new ArrayList<>();

  /// What was seen over [#STEP].
  ///
  /// @param phase before, pinned or after
  /// @param seconds since the transaction was opened, or ended
  /// @param dead rows of the table that are not vacuumed
  record Moment(String phase, long seconds, Waits waits, long dead) {}

  private PinnedTransaction(int minutes, Surroundings surroundings) {
    this.minutes = minutes;
    this.surroundings = surroundings;
  }

  /// Measures and writes the evidence.
  ///
  /// @param arguments `--minutes N`, 1 if there are none
  public static void main(String[] arguments) throws Exception {
    int minutes = arguments.length == 2 ? Integer.parseInt(arguments[1]) : 1;
    var benchmark = new PinnedTransaction(minutes, Surroundings.ofProcess());
    benchmark.measure(Machine.here(benchmark.surroundings.clock()));
  }

  private void measure(Machine machine) throws IOException, SQLException, InterruptedException {
    Path folder = Files.createTempDirectory("pinned");
    try (var postgres = EmbeddedPostgres.start(folder, POSTGRES, Durability.ON)) {
      ServiceDatabase database = postgres.createDatabase("jobs");
      Tables tables = Tables.ofRuntime(database.ownerUrl(), database.servingUrl());
      Ours.migrate(tables);
      try (var jobs = Ours.open(false, tables, surroundings)) {
        jobs.waits(PER_SECOND, STEP); // warms up
        phase("before", jobs, tables, STEP.multipliedBy(3));
        try (Connection pinned = tables.connect();
            Statement open = pinned.createStatement()) {
          pinned.setAutoCommit(false);
          open.execute("set transaction isolation level repeatable read");
          open.execute("select count(*) from manyfactor.job");
          phase("pinned", jobs, tables, Duration.ofMinutes(minutes));
          pinned.rollback();
        }
        phase("after", jobs, tables, AFTER.plus(STEP));
      }
    }
    report(machine);
  }

  private void phase(String name, Ours jobs, Tables tables, Duration length)
      throws SQLException, InterruptedException {
    for (Duration at = Duration.ZERO; at.compareTo(length) < 0; at = at.plus(STEP)) {
      Waits waits = jobs.waits(PER_SECOND, STEP);
      var moment = new Moment(name, at.plus(STEP).toSeconds(), waits, dead(tables));
      Progress.say(moment.toString());
      moments.add(moment);
    }
  }

  private static long dead(Tables tables) throws SQLException {
    try (Connection connection = tables.connect();
        Statement statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select n_dead_tup from pg_stat_user_tables where relname = 'job'")) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  private void report(Machine machine) throws IOException {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("minutes", minutes);
    settings.put("jobs_per_second", PER_SECOND);
    double before = last("before").waits().p50();
    Map<String, Double> compared = new LinkedHashMap<>();
    compared.put("highest median wait beside it / before", ratio(highest("pinned"), before));
    compared.put("median wait at its end / before", ratio(last("pinned"), before));
    compared.put("median wait 60 s after it / before", ratio(last("after"), before));
    var evidence =
        new Evidence(
            "pinned-transaction",
            "benchmarks/run queues.PinnedTransaction --minutes " + minutes,
            machine,
            settings,
            new Evidence.Cells(moments.size(), moments.size(), List.of()),
            moments,
            Map.of(),
            compared);
    Progress.say(compared.toString());
    Progress.say("written to " + evidence.write());
  }

  private static double ratio(Moment moment, double before) {
    return Math.round(100 * moment.waits().p50() / before) / 100.0;
  }

  private Moment last(String phase) {
    return of(phase).getLast();
  }

  private Moment highest(String phase) {
    return Collections.max(of(phase), Comparator.comparingDouble(each -> each.waits().p50()));
  }

  private List<Moment> of(String phase) {
    return moments.stream().filter(moment -> moment.phase().equals(phase)).toList();
  }
}
