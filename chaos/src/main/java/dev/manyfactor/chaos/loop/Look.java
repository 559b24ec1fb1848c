package dev.manyfactor.chaos.loop;

import dev.manyfactor.chaos.history.Found;
import dev.manyfactor.chaos.history.History.Broken;
import dev.manyfactor.formation.Chaos;
import dev.manyfactor.formation.Dependency;
import dev.manyfactor.formation.EmbeddedPostgres;
import dev.manyfactor.formation.ExitCode;
import dev.manyfactor.formation.FormationException;
import dev.manyfactor.formation.Manifest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the databases say at one moment: the effects of everything, and the invariants that do not
/// hold.
public final class Look implements AutoCloseable {
  private static final int SHOWN_ROWS = 5;

  private final Manifest manifest;
  private final EmbeddedPostgres server;
  private final Map<String, Desk> desks = new HashMap<>();

  /// Prepares a look at the service and at those that it depends on.
  public Look(Manifest manifest, EmbeddedPostgres server) {
    this.manifest = manifest;
    this.server = server;
  }

  /// The name of a service's database.
  static String database(Manifest service) {
    return service.name().replace('-', '_');
  }

  /// The effects of all operations, jobs and schedules.
  public List<Found> found() {
    List<Found> found = new ArrayList<>();
    for (Chaos.Operation operation : manifest.chaos().operations()) {
      found.add(new Found.OfOperation(operation.name(), column(operation.effects())));
    }
    for (Chaos.Background one : manifest.chaos().background()) {
      List<String> effects = column(one.effects());
      found.add(
          one.after()
              .<Found>map(after ->
                  new Found.OfJob(one.name(), after, effects, one.waiting().map(this::column)))
              .orElseGet(() -> new Found.OfSchedule(one.name(), effects)));
    }
    return List.copyOf(found);
  }

  /// The invariants that do not hold.
  public List<Broken> broken() {
    List<Broken> broken = new ArrayList<>();
    for (Chaos.Invariant invariant : manifest.chaos().invariants()) {
      List<String> wrong =
          invariant
              .equal()
              .map(other -> differences(lines(invariant.query()), lines(other)))
              .orElseGet(() -> lines(invariant.query()));
      if (!wrong.isEmpty()) {
        broken.add(new Broken(invariant.name(), shortened(wrong)));
      }
    }
    return List.copyOf(broken);
  }

  private static List<String> differences(List<String> first, List<String> other) {
    List<String> onlyFirst = new ArrayList<>(first);
    Map<String, Integer> left = new HashMap<>();
    other.forEach(row -> left.merge(row, 1, Integer::sum));
    onlyFirst.removeIf(row -> {
      boolean there = left.getOrDefault(row, 0) > 0;
      left.computeIfPresent(row, (_, count) -> count - 1);
      return there;
    });
    List<String> differences = new ArrayList<>();
    onlyFirst.forEach(row -> differences.add("only in the first: " + row));
    left.forEach((row, count) -> {
      for (int times = 0; times < count; times++) {
        differences.add("only in the second: " + row);
      }
    });
    return differences;
  }

  private static List<String> shortened(List<String> rows) {
    if (rows.size() <= SHOWN_ROWS) {
      return rows;
    }
    List<String> some = new ArrayList<>(rows.subList(0, SHOWN_ROWS));
    some.add("and %d more".formatted(rows.size() - SHOWN_ROWS));
    return some;
  }

  private List<String> lines(Chaos.Query query) {
    return asked(query.service(), query.sql()).stream()
        .map(row -> row.isEmpty() ? "a row" : String.join(" ", row))
        .toList();
  }

  private List<String> column(String sql) {
    return asked(Optional.empty(), sql).stream()
        .map(row -> row.isEmpty() ? "" : row.getFirst())
        .toList();
  }

  private List<List<String>> asked(Optional<String> service, String sql) {
    try {
      return desk(service).rows(sql);
    } catch (SQLException failure) {
      throw new FormationException(
          ExitCode.CONFIG,
          "chaos: a query of %s cannot be asked: %s; the query is: %s"
              .formatted(Manifest.FILE, failure.getMessage(), sql));
    }
  }

  /// One for each database; what is asked of it sees one moment.
  private Desk desk(Optional<String> service) throws SQLException {
    String database = service.map(this::databaseOf).orElse(database(manifest));
    Desk desk = desks.get(database);
    if (desk == null) {
      desk = new Desk(server, database);
      desks.put(database, desk);
      desk.holdTheMoment();
    }
    return desk;
  }

  private String databaseOf(String dependency) {
    return manifest.dependencies(Dependency.Service.class).stream()
        .filter(service -> service.name().equals(dependency))
        .map(service -> database(Manifest.read(service.path())))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    desks.values().forEach(Desk::close);
  }
}
