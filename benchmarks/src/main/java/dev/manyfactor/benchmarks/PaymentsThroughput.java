package dev.manyfactor.benchmarks;

import dev.manyfactor.formation.Surroundings;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/// Requests per second of the payments service, beside the floor and the limit.
///
/// Runs the real artifact with every guarantee on, `web` only. Each round asks every server for
/// every operation, one after the other; odd rounds turn the order around.
public final class PaymentsThroughput {
  private static final String NAME = "payments-throughput";
  private static final Duration WARM_UP = Duration.ofSeconds(15);

  private final Options options;
  private final Surroundings surroundings;

  private PaymentsThroughput(Options options, Surroundings surroundings) {
    this.options = options;
    this.surroundings = surroundings;
  }

  public static void main(String[] arguments) throws Exception {
    var benchmark =
        new PaymentsThroughput(Options.DEFAULT.with(arguments), Surroundings.ofProcess());
    System.exit(benchmark.measure() ? 0 : 1);
  }

  private boolean measure() throws IOException, InterruptedException, SQLException {
    Machine machine = Machine.here(surroundings.clock());
    try (Scene scene = Scene.start(surroundings)) {
      Book book = scene.book("payments");
      Book floorBook = scene.book("floor");
      Optional<PgBench> limit =
          PgBench.find(surroundings.environment(), scene.book("limit_payments"));
      try (var payments = Server.start(scene.payments(book));
          var floor = Server.start(scene.floor(floorBook))) {
        var sides =
            List.of(
                side("payments", payments, book, scene.token()),
                side("floor", floor, floorBook, ""));
        var rounds = new Rounds(options, sides, limit);
        rounds.run(WARM_UP);
        return report(rounds, machine, settings(scene, book, limit.isPresent()));
      }
    }
  }

  private Side side(String name, Server server, Book book, String token)
      throws InterruptedException {
    server.awaitReady(surroundings.nanos());
    String body =
        """
        {"customer_id":"%s","amount_minor":1250,"currency":"EUR","description":"two tickets"}\
        """
            .formatted(book.customer());
    List<String> paths = book.payments().stream().map(id -> "/v1/payments/" + id).toList();
    Map<Operation, Requests.Kind> kinds = new LinkedHashMap<>();
    kinds.put(Operation.GET, Requests.gets(paths, token));
    kinds.put(Operation.POST, Requests.posts("/v1/payments", token, body, surroundings.clock()));
    if (token.isEmpty()) {
      kinds.put(
          Operation.POST_WITHOUT_KEY_AND_JOB,
          Requests.posts("/v1/payments-alone", token, body, surroundings.clock()));
    }
    var load = new Load(Scene.CONNECTIONS, surroundings.nanos());
    return new Side(name, server, book, kinds, load, new SplittableRandom(options.seed()));
  }

  private Map<String, Object> settings(Scene scene, Book book, boolean limited)
      throws SQLException, IOException {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("options", options);
    settings.put("warm_up_seconds", WARM_UP.toSeconds());
    settings.put("connections", Scene.CONNECTIONS);
    settings.put("pool_size", Scene.CONNECTIONS);
    settings.put("log", "one line per request at level info, to a file; the floor logs nothing");
    settings.put("token", "one, verified once and then found in the cache");
    settings.put("limit", limited ? "pgbench" : "not measured: pgbench is not installed");
    settings.put("postgresql", scene.postgresFacts(book));
    return settings;
  }

  private boolean report(Rounds rounds, Machine machine, Map<String, Object> settings)
      throws IOException, SQLException {
    List<String> failed = new ArrayList<>(rounds.failed());
    failed.addAll(rounds.miscounted());
    var figures = new Figures(rounds.taken());
    var evidence =
        new Evidence(
            NAME,
            "benchmarks/run PaymentsThroughput",
            machine,
            settings,
            new Evidence.Cells(rounds.expected(), rounds.taken().size(), failed),
            rounds.taken(),
            figures.medians(),
            figures.compared());
    Progress.say(figures.table());
    failed.forEach(reason -> Progress.say("failed: " + reason));
    Progress.say("written to " + evidence.write());
    return failed.isEmpty();
  }
}
