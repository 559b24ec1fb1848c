package dev.manyfactor.jobs;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/// A worker's one connection of its own: its sign of life, its hands and its ears.
///
/// The session holds an advisory lock on the worker's number as long as it lives; the server frees
/// it the moment the process is gone, and then the worker's leases are anyone's. Leases are taken
/// on this very session, so none can be taken by a worker that is already taken for dead. Where no
/// session lasts, every look says that the worker lives, in the transaction that takes the leases;
/// see [Liveness]. For one thread.
final class Lifeline implements AutoCloseable {
  private static final String FORGET =
      "delete from manyfactor.worker where number = ? or seen_at < now() - interval '1 hour'";

  /// A lost host or a cut network is noticed by the server after about 8 s, which is later than by
  /// this process: one life sign and one network timeout, 6 s. The queues are empty most of the
  /// time, and plans made then must not scan the tables when they are full; they are kept, since
  /// making those of a look takes longer than the look.
  static final String PREPARE =
      "listen "
          + WakeUps.CHANNEL
          + """
          ;
          set tcp_keepalives_idle = 4; set tcp_keepalives_interval = 1;
          set tcp_keepalives_count = 4; set tcp_user_timeout = 8000;
          set statement_timeout = 4000; set enable_seqscan = off; set enable_bitmapscan = off;
          set plan_cache_mode = force_generic_plan
          """;

  private final Connection connection;
  private final int worker;
  private final Look look;
  private final Liveness liveness;

  private Lifeline(Connection connection, int worker, Look look, Liveness liveness) {
    this.connection = connection;
    this.worker = worker;
    this.look = look;
    this.liveness = liveness;
  }

  /// Connects and takes a number.
  static Lifeline open(Running running, Liveness liveness) throws SQLException {
    Connection connection = running.database().connect("worker");
    try {
      connection.setNetworkTimeout(Runnable::run, (int) liveness.networkTimeout().toMillis());
      int worker =
          switch (liveness) {
            case SESSION_LOCK -> settle(connection, running.random());
            case CLOCK -> -running.random().nextInt(1, Integer.MAX_VALUE);
          };
      return new Lifeline(connection, worker, new Look(connection, worker, running), liveness);
    } catch (SQLException failure) {
      closeQuietly(connection, failure);
      throw failure;
    }
  }

  private static int settle(Connection connection, RandomGenerator random) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(PREPARE);
    }
    return takeNumber(connection, random);
  }

  private static int takeNumber(Connection connection, RandomGenerator random) throws SQLException {
    try (var statement = connection.prepareStatement("select pg_try_advisory_lock(?, ?)")) {
      while (true) {
        int number = random.nextInt(1, Integer.MAX_VALUE);
        statement.setInt(1, Look.LOCK_CLASS);
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

  /// How it looks at the queues.
  Look look() {
    return look;
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
    return connection.isValid((int) liveness.networkTimeout().toSeconds());
  }

  /// Whether others may have taken this worker's leases although its session lives, because it has
  /// been silent: it was frozen, or could not look.
  boolean isSilent() {
    return switch (liveness) {
      case SESSION_LOCK -> false;
      case CLOCK -> look.sinceLooked().compareTo(Liveness.LONGEST_SILENCE) > 0;
    };
  }

  /// Ends the session, and with it the claim to be alive.
  @Override
  public void close() {
    try (connection) {
      forget();
    } catch (SQLException alreadyGone) {
      // the session has ended, which is what was wanted
    }
  }

  private void forget() throws SQLException {
    if (liveness == Liveness.CLOCK) {
      try (var statement = connection.prepareStatement(FORGET)) {
        statement.setInt(1, worker);
        statement.executeUpdate();
      }
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
