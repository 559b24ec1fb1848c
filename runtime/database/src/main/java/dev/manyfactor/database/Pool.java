package dev.manyfactor.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.pool.HikariPool;
import dev.manyfactor.config.Configured;
import dev.manyfactor.context.Deadline;
import dev.manyfactor.database.DatabaseUnavailableException.Reason;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.core.BaseConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The connections of this process, and who may have one.
///
/// Whoever asks waits for a permit first, in order and for a bounded time; there are as many
/// permits as connections. So at most that many threads stand before the pool itself, which was
/// made for few threads and not for thousands of virtual ones (brettwooldridge/HikariCP#2398). Safe
/// on many threads.
final class Pool implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Pool.class);
  private static final int MINIMUM_IDLE = 2;
  private static final long VALIDATION_MILLIS = 250;

  private final Configured<DatabaseSettings> settings;
  private final Semaphore permits;
  private final AtomicInteger waiting = new AtomicInteger();
  private final HikariPool connections;
  private final PoolFigures figures;

  Pool(Configured<DatabaseSettings> settings, DataSource source, PoolFigures figures) {
    this.settings = settings;
    this.figures = figures;
    this.permits = new Semaphore(settings.value().poolSize(), true);
    this.connections = new HikariPool(configuration(settings.value(), source, figures));
    figures.observe(this);
  }

  /// A connection for one transaction, to be closed by whoever asked.
  final class Lease implements AutoCloseable {
    private final Connection connection;

    private Lease(Connection connection) {
      this.connection = connection;
    }

    Connection connection() {
      return connection;
    }

    /// Gives it back; the pool rolls back what is open and drops it if it is broken. What broke one
    /// connection has mostly broken all, so the idle ones go with it instead of failing a
    /// transaction each.
    @Override
    public void close() {
      try {
        if (connection.isClosed() || connection.unwrap(BaseConnection.class).isClosed()) {
          connections.softEvictConnections();
        }
        connection.close();
      } catch (SQLException broken) {
        LOG.debug("a connection broke while it was given back", broken);
      } finally {
        permits.release();
      }
    }
  }

  /// Waits for a connection until the deadline, and no longer than the acquire timeout.
  Lease acquire(Deadline deadline, boolean readOnly) {
    Duration longest = settings.value().acquireTimeout();
    Duration bound = deadline.atMost(longest);
    boolean deadlineComesFirst = bound.compareTo(longest) < 0;
    Deadline patience = Deadline.after(bound, deadline.clock());
    if (bound.isZero() || !permitted(patience)) {
      figures.timedOut();
      throw deadlineComesFirst
          ? Failures.late("the deadline passed before a connection was free", null)
          : exhausted(bound);
    }
    boolean leased = false;
    try {
      var lease = lease(patience, readOnly);
      leased = true;
      figures.waited(bound.minus(patience.remaining()));
      return lease;
    } catch (SQLException refusal) {
      throw notConnected(refusal, deadlineComesFirst);
    } finally {
      if (!leased) {
        permits.release();
      }
    }
  }

  int used() {
    return connections.getActiveConnections();
  }

  int idle() {
    return connections.getIdleConnections();
  }

  int waiting() {
    return waiting.get();
  }

  int size() {
    return settings.value().poolSize();
  }

  @Override
  public void close() {
    try {
      connections.shutdown();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private Lease lease(Deadline patience, boolean readOnly) throws SQLException {
    Connection connection = connections.getConnection(Math.max(1, patience.remaining().toMillis()));
    try {
      connection.setReadOnly(readOnly); // no round trip: it makes BEGIN a BEGIN READ ONLY
      return new Lease(connection);
    } catch (SQLException broken) {
      connection.close();
      throw broken;
    }
  }

  private boolean permitted(Deadline patience) {
    if (permits.tryAcquire()) {
      return true;
    }
    waiting.incrementAndGet();
    try {
      return permits.tryAcquire(patience.remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new DatabaseUnavailableException(
          Reason.INTERRUPTED, "interrupted while waiting for a connection", stopping);
    } finally {
      waiting.decrementAndGet();
    }
  }

  private DatabaseUnavailableException exhausted(Duration bound) {
    return new DatabaseUnavailableException(
        Reason.POOL_EXHAUSTED,
        "all "
            + size()
            + " connections stayed in use for "
            + bound.toMillis()
            + " ms; shorten the transactions, or raise DATABASE_POOL_SIZE",
        null);
  }

  private DatabaseUnavailableException notConnected(
      SQLException refusal, boolean deadlineComesFirst) {
    String what =
        "the database "
            + settings.value().url()
            + " cannot be reached"
            + (deadlineComesFirst ? " before the deadline: " : ": ")
            + Failures.reasonOf(refusal);
    if (Thread.currentThread().isInterrupted()) {
      return new DatabaseUnavailableException(Reason.INTERRUPTED, what, refusal);
    }
    return deadlineComesFirst
        ? Failures.late(what, refusal)
        : new DatabaseUnavailableException(Reason.NOT_CONNECTED, what, refusal);
  }

  private static HikariConfig configuration(
      DatabaseSettings settings, DataSource source, PoolFigures figures) {
    var configuration = new HikariConfig();
    configuration.setPoolName("database");
    configuration.setDataSource(source);
    configuration.setMaximumPoolSize(settings.poolSize());
    configuration.setMinimumIdle(Math.min(MINIMUM_IDLE, settings.poolSize()));
    configuration.setConnectionTimeout(settings.acquireTimeout().toMillis());
    configuration.setValidationTimeout(VALIDATION_MILLIS);
    configuration.setInitializationFailTimeout(-1); // a process may start before its database
    configuration.setAutoCommit(false);
    // otherwise it is asked of the first connection only, and if that breaks meanwhile, of none: no
    // later connection would ever be set up
    configuration.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    configuration.setMetricsTrackerFactory(figures);
    configuration.validate();
    return configuration;
  }
}
