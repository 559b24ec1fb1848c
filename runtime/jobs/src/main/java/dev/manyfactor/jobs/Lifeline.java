package dev.manyfactor.jobs;

import dev.manyfactor.context.Tenant;
import dev.manyfactor.database.Database;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/// A worker's one direct connection: its sign of life, its hands and its ears.
///
/// The session holds an advisory lock on the worker's number as long as it lives; the server frees
/// it the moment the process is gone, and then the worker's leases are anyone's. Leases are taken
/// on this very session, so none can be taken by a worker that is already taken for dead. For one
/// thread.
final class Lifeline implements AutoCloseable {
  /// Keeps our advisory locks apart from those of others: "mf", 1.
  private static final int LOCK_CLASS = 0x6d660001;

  /// What a lease has beyond the job's own deadline, for a worker that is late to say it has
  /// failed.
  private static final long LEASE_MARGIN_MILLIS = 10_000;

  private static final int NETWORK_TIMEOUT_MILLIS = 5_000;

  /// A lost host or a cut network is noticed by the server after about 8 s, which is later than by
  /// this process: one life sign and one network timeout, 6 s. The queues are empty most of the
  /// time, and plans made then must not scan the tables when they are full.
  private static final String PREPARE =
      "listen "
          + WakeUps.CHANNEL
          + """
          ;
          set tcp_keepalives_idle = 4; set tcp_keepalives_interval = 1;
          set tcp_keepalives_count = 4; set tcp_user_timeout = 8000;
          set statement_timeout = 4000; set enable_seqscan = off
          """;

  private final Connection connection;
  private final int worker;
  private final PreparedStatement look;
  private final PreparedStatement glance;

  private Lifeline(Connection connection, int worker) throws SQLException {
    this.connection = connection;
    this.worker = worker;
    this.look = connection.prepareStatement(LookSql.LOOK);
    this.glance = connection.prepareStatement(LookSql.GLANCE);
  }

  /// Connects and takes a number.
  static Lifeline open(Database database, RandomGenerator random) throws SQLException {
    Connection connection = database.connect("worker");
    try {
      connection.setNetworkTimeout(Runnable::run, NETWORK_TIMEOUT_MILLIS);
      try (Statement statement = connection.createStatement()) {
        statement.execute(PREPARE);
      }
      return new Lifeline(connection, takeNumber(connection, random));
    } catch (SQLException failure) {
      closeQuietly(connection, failure);
      throw failure;
    }
  }

  private static int takeNumber(Connection connection, RandomGenerator random) throws SQLException {
    try (var statement = connection.prepareStatement("select pg_try_advisory_lock(?, ?)")) {
      while (true) {
        int number = random.nextInt(1, Integer.MAX_VALUE);
        statement.setInt(1, LOCK_CLASS);
        statement.setInt(2, number);
        try (ResultSet rows = statement.executeQuery()) {
          if (rows.next() && rows.getBoolean(1)) {
            return number;
          }
        }
      }
    }
  }

  /// The number that leases of this worker carry.
  int worker() {
    return worker;
  }

  /// Asks in one statement whether queues at rest are worth a look.
  Glance glance(Set<String> kinds, InstantSource clock) throws SQLException {
    glance.setArray(1, connection.createArrayOf("text", kinds.toArray()));
    glance.setObject(2, clock.instant().atOffset(ZoneOffset.UTC));
    try (ResultSet rows = glance.executeQuery()) {
      rows.next();
      return new Glance(rows.getBoolean("work"), nextDue(rows));
    }
  }

  private static Optional<Instant> nextDue(ResultSet row) throws SQLException {
    return Optional.ofNullable(row.getObject("next_due", OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  /// Looks once at the queues: brings back lost leases, moves what has become due, leases up to
  /// `most` jobs of `leased` kinds, and says what else there is.
  ///
  /// @param most how many jobs of each sort can be run now
  /// @param call whether to tell the other workers, if there is anything to do
  Round look(Registry registry, int most, boolean call, InstantSource clock) throws SQLException {
    List<Declared<?>> leased = registry.leased();
    Object[] kinds = leased.stream().map(Declared::kind).toArray();
    Object[] leases = leased.stream().map(Lifeline::leaseMillis).toArray();
    Object[] limits = leased.stream().map(kind -> kind.policy().concurrency().orElse(0)).toArray();
    List<String> others = registry.transactional().stream().map(Declared::kind).toList();
    int place = 0;
    look.setInt(++place, worker);
    look.setInt(++place, LOCK_CLASS);
    look.setObject(++place, clock.instant().atOffset(ZoneOffset.UTC));
    look.setArray(++place, connection.createArrayOf("text", kinds));
    look.setArray(++place, connection.createArrayOf("bigint", leases));
    look.setArray(++place, connection.createArrayOf("integer", limits));
    look.setInt(++place, worker);
    look.setInt(++place, most);
    look.setInt(++place, most);
    look.setInt(++place, worker);
    look.setBoolean(++place, call);
    look.setInt(++place, worker);
    look.setInt(++place, most);
    look.setArray(++place, connection.createArrayOf("text", others.toArray()));
    look.setInt(++place, worker);
    look.execute();
    return round(others);
  }

  private static Long leaseMillis(Declared<?> kind) {
    return kind.policy().deadline().toMillis() + LEASE_MARGIN_MILLIS;
  }

  private Round round(List<String> transactional) throws SQLException {
    look.getMoreResults(); // behind the count of RESCUE
    look.getMoreResults(); // behind the count of MOVE
    List<StoredJob> leased = new ArrayList<>();
    try (ResultSet rows = look.getResultSet()) {
      while (rows.next()) {
        leased.add(job(rows));
      }
    }
    look.getMoreResults();
    try (ResultSet rows = look.getResultSet()) {
      rows.next();
      return new Round(
          leased,
          waiting(transactional, rows.getArray("waiting")),
          nextDue(rows),
          rows.getBoolean("others_at_work"),
          rows.getBoolean("called"),
          Stream.of((UUID[]) rows.getArray("cancelled").getArray())
              .map(JobId::new)
              .collect(Collectors.toSet()));
    }
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
        instant(row),
        row.getDouble("waited"),
        row.getBoolean("cancelled"));
  }

  private static Instant instant(ResultSet row) throws SQLException {
    return row.getObject("enqueued_at", OffsetDateTime.class).toInstant();
  }

  /// What has come since the last time, or comes within `patience`. Sends nothing.
  Heard heard(Set<String> kinds, Duration patience) throws SQLException {
    PGConnection driver = connection.unwrap(PGConnection.class);
    PGNotification[] notifications =
        patience.isZero()
            ? driver.getNotifications() // a timeout of zero would be for ever
            : driver.getNotifications(Math.max(1, (int) patience.toMillis()));
    boolean jobs = false;
    boolean work = false;
    for (PGNotification notification : notifications) {
      List<String> named = List.of(notification.getParameter().split(",", -1));
      work |= named.contains(WakeUps.AT_WORK);
      jobs |= named.contains("") || named.stream().anyMatch(kinds::contains);
    }
    return new Heard(jobs, work);
  }

  /// Whether the session still answers.
  boolean lives() throws SQLException {
    return connection.isValid(NETWORK_TIMEOUT_MILLIS / 1000);
  }

  /// Ends the session, and with it the claim to be alive.
  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException alreadyGone) {
      // the session has ended, which is what was wanted
    }
  }

  private static void closeQuietly(Connection connection, SQLException failure) {
    try {
      connection.close();
    } catch (SQLException second) {
      failure.addSuppressed(second);
    }
  }
}
