package dev.manyfactor.benchmarks;

import dev.manyfactor.formation.Surroundings;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// From the launch of the payments service to its readiness, and the memory it holds after a
/// thousand requests, with and without the archive of its classes, beside the floor.
///
/// Ready is what `/readyz` says: for payments the database, its schema and the issuer's keys are
/// there, for the floor the database. Odd rounds begin with the floor.
public final class StartUp {
  private static final String NAME = "start-up";
  private static final String PAYMENTS = "payments";
  private static final String ARCHIVED = "payments with its class archive";
  private static final String FLOOR = "floor";
  private static final List<String> SERVERS = List.of(PAYMENTS, ARCHIVED, FLOOR);
  private static final int REQUESTS = 1_000;
  private static final Options DEFAULT = new Options(7, 1, 1);

  private final Options options;
  private final Surroundings surroundings;
  private final List<Launch> launches = new ArrayList<>();

  private StartUp(Options options, Surroundings surroundings) {
    this.options = options;
    this.surroundings = surroundings;
  }

  /// One launch of one server.
  ///
  /// @param readyMillis from the start of its process until it is ready
  /// @param cpuMillis processor time until then
  /// @param residentMebibytes after the requests
  record Launch(
      int round, String server, double readyMillis, double cpuMillis, double residentMebibytes) {}

  /// Over the rounds.
  record Medians(
      int rounds,
      double readyMillis,
      double lowest,
      double highest,
      double cpuMillis,
      double residentMebibytes) {}

  public static void main(String[] arguments) throws Exception {
    new StartUp(DEFAULT.with(arguments), Surroundings.ofProcess()).measure();
  }

  private void measure() throws IOException, InterruptedException, SQLException {
    Machine machine = Machine.here(surroundings.clock());
    try (Scene scene = Scene.start(surroundings)) {
      Book book = scene.book("payments");
      Book floor = scene.book("floor");
      for (int round = 1; round <= options.rounds(); round++) {
        List<String> servers = round % 2 == 0 ? SERVERS : SERVERS.reversed();
        for (String server : servers) {
          switch (server) {
            case PAYMENTS -> launch(round, server, scene.payments(book), gets(book, scene.token()));
            case ARCHIVED ->
                launch(round, server, scene.archivedPayments(book), gets(book, scene.token()));
            default -> launch(round, server, scene.floor(floor), gets(floor, ""));
          }
        }
      }
      report(machine, scene.postgresFacts(book));
    }
  }

  private static Requests.Kind gets(Book book, String token) {
    return Requests.gets(book.payments().stream().map(id -> "/v1/payments/" + id).toList(), token);
  }

  private void launch(int round, String name, Server.Command command, Requests.Kind requests)
      throws InterruptedException {
    long began = surroundings.nanos().getAsLong();
    try (Server server = Server.start(command).awaitReady(surroundings.nanos())) {
      double ready = Rounded.to3((surroundings.nanos().getAsLong() - began) / 1e6);
      double cpu = server.cpu().toMillis();
      new Load(Scene.CONNECTIONS, surroundings.nanos())
          .times(REQUESTS, server.port(), requests, new SplittableRandom(options.seed()));
      var launch = new Launch(round, name, ready, cpu, server.residentMebibytes());
      launches.add(launch);
      Progress.say(launch.toString());
    }
  }

  private void report(Machine machine, Map<String, String> postgres) throws IOException {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("rounds", options.rounds());
    settings.put("seed", options.seed());
    settings.put("requests_before_memory_is_read", REQUESTS);
    settings.put("jvm", "default options; one payments with the archive that its build makes");
    settings.put("postgresql", postgres);
    Map<String, Medians> medians = new LinkedHashMap<>();
    SERVERS.forEach(name -> medians.put(name, medians(name)));
    Map<String, Double> differences = new LinkedHashMap<>();
    for (String server : List.of(PAYMENTS, ARCHIVED)) {
      differences.put(
          "ready_millis %s - floor".formatted(server), difference(server, Launch::readyMillis));
      differences.put(
          "resident_mebibytes %s - floor".formatted(server),
          difference(server, Launch::residentMebibytes));
    }
    differences.put(
        "cpu_millis %s / %s".formatted(ARCHIVED, PAYMENTS),
        compared(ARCHIVED, PAYMENTS, Launch::cpuMillis, (one, other) -> one / other));
    differences.put(
        "ready_millis %s / %s".formatted(ARCHIVED, PAYMENTS),
        compared(ARCHIVED, PAYMENTS, Launch::readyMillis, (one, other) -> one / other));
    var cells = new Evidence.Cells(SERVERS.size() * options.rounds(), launches.size(), List.of());
    var evidence =
        new Evidence(
            NAME,
            "benchmarks/run StartUp",
            machine,
            settings,
            cells,
            launches,
            medians,
            differences);
    Progress.say(medians + "\n" + differences + "\nwritten to " + evidence.write());
  }

  private Medians medians(String server) {
    return new Medians(
        (int) of(server).count(),
        Rounded.median(of(server).mapToDouble(Launch::readyMillis).toArray()),
        of(server).mapToDouble(Launch::readyMillis).min().orElseThrow(),
        of(server).mapToDouble(Launch::readyMillis).max().orElseThrow(),
        Rounded.median(of(server).mapToDouble(Launch::cpuMillis).toArray()),
        Rounded.median(of(server).mapToDouble(Launch::residentMebibytes).toArray()));
  }

  private double difference(String server, ToDoubleFunction<Launch> figure) {
    return compared(server, FLOOR, figure, (one, other) -> one - other);
  }

  /// Of the same round, the median over the rounds.
  private double compared(
      String one, String other, ToDoubleFunction<Launch> figure, DoubleBinaryOperator how) {
    return Rounded.median(
        of(one)
            .mapToDouble(launch ->
                how.applyAsDouble(
                    figure.applyAsDouble(launch),
                    of(other)
                        .filter(it -> it.round() == launch.round())
                        .mapToDouble(figure)
                        .findFirst()
                        .orElseThrow()))
            .toArray());
  }

  private Stream<Launch> of(String server) {
    return launches.stream().filter(launch -> launch.server().equals(server));
  }
}
