package dev.manyfactor.jobs;

import dev.manyfactor.context.Tenant;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The statements of [LookSql] on one connection: what they are given, and what they answer. For
/// one thread.
final class Look {
  /// Keeps our advisory locks apart from those of others: "mf", 1.
  static final int LOCK_CLASS = 0x6d660001;

  /// What a lease has beyond the job's own deadline, for a worker that is late to say it has
  /// failed.
  private static final long LEASE_MARGIN_MILLIS = 10_000;

  private final Connection connection;
  private final int worker;
  private final boolean byClock;
  private final Running running;
  private final PreparedStatement look;
  private final PreparedStatement glance;
  private final Budget rescues;
  private final Budget lifts;
  private boolean othersAtWork;
  private long lookedAt;

  /// What a look is to do.
  ///
  /// @param most how many jobs of each sort can be run now
  /// @param call whether to tell the other workers, if there is anything to do
  /// @param wholly whether jobs below the floor are looked for whatever that costs
  record Order(int most, boolean call, boolean wholly) {}

  /// @param worker the number of the worker that looks; below zero if it lives by the clock
  Look(Connection connection, int worker, Running running) throws SQLException {
    this.connection = connection;
    this.worker = worker;
    this.running = running;
    this.byClock = worker < 0;
    this.look = connection.prepareStatement(byClock ? LookSql.LOOK_AND_LIVE : LookSql.LOOK);
    this.glance = connection.prepareStatement(LookSql.GLANCE);
    this.rescues = new Budget(Duration.ofMillis(500), running.nanos());
    this.lifts = new Budget(Duration.ofMillis(100), running.nanos());
  }

  /// Asks in one statement whether queues at rest are worth a look.
  Glance glance() throws SQLException {
    bind(glance, Stream.of(texts(running.registry().names()), now()));
    try (ResultSet rows = glance.executeQuery()) {
      rows.next();
      return new Glance(rows.getBoolean("work"), nextDue(rows));
    }
  }

  /// Brings back lost leases, moves what has become due, leases jobs, and says what else there is.
  Round take(Order order) throws SQLException {
    List<Declared<?>> leased = running.registry().leased();
    List<String> others = kinds(running.registry().transactional());
    boolean rescue = rescues.allows();
    boolean lift = order.wholly() || lifts.allows();
    bind(
        look,
        Stream.of(
                byClock ? Stream.of(worker) : Stream.of(),
                rescueWith(rescue),
                Stream.of(now()),
                liftWith(lift),
                leaseWith(leased, order.most()),
                surveyWith(others, order))
            .flatMap(parameters -> parameters));
    long sentAt = running.nanos().getAsLong();
    look.execute();
    lookedAt = sentAt;
    if (byClock) {
      look.getMoreResults(); // behind the settings
      look.getMoreResults(); // behind the sign of life
    }
    readRescue(rescue);
    look.getMoreResults(); // behind the count of MOVE
    readLift(lift);
    List<StoredJob> jobs = readLeases();
    return readSurvey(jobs, order.most());
  }

  /// How long ago the last look began that succeeded.
  Duration sinceLooked() {
    return Duration.ofNanos(running.nanos().getAsLong() - lookedAt);
  }

  private Stream<Object> rescueWith(boolean rescue) {
    return Stream.of(rescue, worker, LOCK_CLASS, rescue, worker);
  }

  private Stream<Object> liftWith(boolean lift) throws SQLException {
    List<String> all = List.copyOf(running.registry().names());
    return Stream.of(texts(all), floorsOf(all), lift);
  }

  private Stream<Object> leaseWith(List<Declared<?>> leased, int most) throws SQLException {
    List<String> kinds = kinds(leased);
    Object[] millis = leased.stream().map(Look::leaseMillis).toArray();
    Object[] limits = leased.stream().map(kind -> kind.policy().concurrency().orElse(0)).toArray();
    return Stream.of(
        texts(kinds),
        connection.createArrayOf("bigint", millis),
        connection.createArrayOf("integer", limits),
        floorsOf(kinds),
        worker,
        most,
        most,
        worker);
  }

  private static Long leaseMillis(Declared<?> kind) {
    return kind.policy().deadline().toMillis() + LEASE_MARGIN_MILLIS;
  }

  private Stream<Object> surveyWith(List<String> kinds, Order order) throws SQLException {
    return Stream.of(order.call(), worker, order.most(), texts(kinds), floorsOf(kinds));
  }

  private static void bind(PreparedStatement statement, Stream<Object> parameters)
      throws SQLException {
    int place = 0;
    for (Object parameter : parameters.toList()) {
      statement.setObject(++place, parameter);
    }
  }

  private OffsetDateTime now() {
    return running.clock().instant().atOffset(ZoneOffset.UTC);
  }

  private static List<String> kinds(List<Declared<?>> declared) {
    return declared.stream().<String>map(Declared::kind).toList();
  }

  private Array texts(Collection<String> texts) throws SQLException {
    return connection.createArrayOf("text", texts.toArray());
  }

  private Array floorsOf(List<String> kinds) throws SQLException {
    Object[] instants = kinds.stream().map(kind -> running.floors().of(kind).toString()).toArray();
    return connection.createArrayOf("timestamptz", instants);
  }

  private void readRescue(boolean rescued) throws SQLException {
    try (ResultSet rows = look.getResultSet()) {
      rows.next();
      if (rescued) {
        othersAtWork = rows.getBoolean("others_at_work");
        rescues.spent(cost(rows));
      }
    }
    look.getMoreResults();
  }

  private void readLift(boolean lifted) throws SQLException {
    try (ResultSet rows = look.getResultSet()) {
      rows.next();
      if (lifted) {
        lifts.spent(cost(rows));
      }
    }
    look.getMoreResults();
  }

  private static Duration cost(ResultSet row) throws SQLException {
    return Duration.ofNanos((long) (row.getDouble("cost") * 1e9));
  }

  private List<StoredJob> readLeases() throws SQLException {
    List<StoredJob> leased = new ArrayList<>();
    try (ResultSet rows = look.getResultSet()) {
      while (rows.next()) {
        leased.add(job(rows));
      }
    }
    look.getMoreResults();
    return leased;
  }

  private Round readSurvey(List<StoredJob> leased, int most) throws SQLException {
    try (ResultSet rows = look.getResultSet()) {
      rows.next();
      running.floors().lookedAt(instant(rows, "server_time"));
      Map<String, Integer> waiting =
          waiting(kinds(running.registry().transactional()), rows.getArray("waiting"));
      raise(leased, waiting, most, Set.of((String[]) rows.getArray("paused").getArray()));
      return new Round(
          leased,
          waiting,
          nextDue(rows),
          othersAtWork,
          rows.getBoolean("called"),
          Stream.of((UUID[]) rows.getArray("cancelled").getArray())
              .map(JobId::new)
              .collect(Collectors.toSet()));
    }
  }

  /// What was taken, and what was not there, need not be looked for again. Jobs that a limit or a
  /// pause keeps back are there.
  private void raise(
      List<StoredJob> leased, Map<String, Integer> waiting, int most, Set<String> paused) {
    Floors floors = running.floors();
    leased.forEach(floors::claimed);
    running.registry().leased().stream()
        .filter(kind -> leased.size() < most && kind.policy().concurrency().isEmpty())
        .map(Declared::kind)
        .filter(kind -> !paused.contains(kind))
        .forEach(floors::empty);
    running.registry().transactional().stream()
        .map(Declared::kind)
        .filter(kind -> most > 0 && !waiting.containsKey(kind) && !paused.contains(kind))
        .forEach(floors::empty);
  }

  private static Map<String, Integer> waiting(List<String> kinds, Array counts)
      throws SQLException {
    Long[] numbers = (Long[]) counts.getArray();
    Map<String, Integer> waiting = new HashMap<>();
    for (int i = 0; i < numbers.length; i++) {
      if (numbers[i] > 0) {
        waiting.put(kinds.get(i), Math.toIntExact(numbers[i]));
      }
    }
    return waiting;
  }

  private static StoredJob job(ResultSet row) throws SQLException {
    return new StoredJob(
        new JobId(row.getObject("id", UUID.class)),
        row.getString("kind"),
        new Tenant(row.getString("tenant")),
        row.getString("payload"),
        Optional.ofNullable(row.getString("unique_key")),
        row.getString("release"),
        Optional.ofNullable(row.getString("trace")),
        row.getInt("attempts"),
        row.getLong("fence"),
        row.getString("failures"),
        instant(row, "enqueued_at"),
        instant(row, "due_at"),
        row.getDouble("waited"),
        row.getBoolean("cancelled"));
  }

  private static Optional<Instant> nextDue(ResultSet row) throws SQLException {
    return Optional.ofNullable(row.getObject("next_due", OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
