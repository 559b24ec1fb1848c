package dev.manyfactor.database;

import dev.manyfactor.context.Context;
import dev.manyfactor.context.Tenant;
import dev.manyfactor.database.spi.Statement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/// A pooled connection as one transaction uses it.
///
/// BEGIN and the settings (tenant, time limits) cost no round trip of their own: the driver puts
/// BEGIN, and this class the settings, in front of the first statement. The settings are sent again
/// in the same way when the context changes, and when half of the time they allow has gone by.
final class Channel {
  // Truth values and not the settings themselves: before a result that may be of any length the
  // driver waits for the answers to what it has sent (pgjdbc, flushIfDeadlockRisk).
  private static final String SETTINGS =
      "select set_config('manyfactor.tenant', ?, true) is null,"
          + " set_config('statement_timeout', ?, true) is null, set_config(?, ?, true) is null";
  private static final String LIFT_LIMIT = "select set_config(?, '0', true) is null";
  private static final long MOST_MILLIS = Integer.MAX_VALUE / 2;

  // Who gives up first at the deadline: the server the statement, then this process the connection,
  // then the server the session. The first is the gentlest; the others are for when it fails, and
  // leave a failed work the time to be recorded. A server that works cancels within milliseconds,
  // so the caller of one that hangs waits no longer than it takes to tell the two apart; nothing
  // more is asked of that connection, which the pool closes in the background.
  private static final int NETWORK_GRACE = 500;
  private static final int SESSION_GRACE = 3_000;

  private final Pool.Lease lease;
  private final BaseConnection driver;
  private final String sessionLimit;
  private int allowedMillis; // what statement_timeout is; zero if the settings have to be sent
  private boolean limited; // whether a session limit runs that has to be lifted first
  private Optional<String> savepoint = Optional.empty(); // still to be set

  /// What is set on a statement before it runs. A row limit must be two or more: below, the server
  /// takes the settings for unfinished, and their old time limit goes on to run.
  interface Preparation {
    Preparation NONE = _ -> {};

    void prepare(PreparedStatement statement) throws SQLException;
  }

  /// What is made of a statement's results; the first of them is current.
  interface Reading<T extends @Nullable Object> {
    T read(PreparedStatement statement) throws SQLException;
  }

  Channel(Pool.Lease lease) throws SQLException {
    this.lease = lease;
    this.driver = lease.connection().unwrap(BaseConnection.class);
    this.sessionLimit =
        driver.haveMinimumServerVersion(170_000)
            ? "transaction_timeout"
            : "idle_in_transaction_session_timeout";
  }

  Connection connection() {
    return lease.connection();
  }

  /// Runs a statement, behind the settings if they are due, in one round trip.
  <T extends @Nullable Object> T run(
      Context context, Statement asked, Preparation preparation, Reading<T> reading)
      throws SQLException {
    T value = send(context, asked, preparation, reading);
    mustBeOpen();
    return value;
  }

  /// Runs a statement that limits the transaction by itself, with BEGIN and nothing else.
  <T extends @Nullable Object> T runAlone(
      Context context, Statement asked, Preparation preparation, Reading<T> reading)
      throws SQLException {
    bound(context);
    limited = true;
    return send(List.of(), asked, preparation, reading);
  }

  /// Sets a savepoint in front of the next statement.
  void setBeforeNext(String name) {
    savepoint = Optional.of(name);
  }

  /// Begins the transaction with a message of its own, if none has been sent.
  void ensureOpen(Context context) throws SQLException {
    int left = bound(context);
    if (settingsAreDue(left)) {
      send(context, Statement.of("select 1"), Preparation.NONE, _ -> Boolean.TRUE);
    }
  }

  /// Refuses to go on if SQL text has ended the transaction behind our back.
  void mustBeOpen() {
    if (driver.getTransactionState() == TransactionState.IDLE) {
      throw new IllegalStateException(
          "a statement ended the transaction by itself; leave commit and rollback to the runtime");
    }
  }

  /// Sends the settings again with the next statement.
  void renewSettings() {
    allowedMillis = 0;
  }

  /// Undoes what came after a savepoint, settings included, and sends those of the context instead,
  /// in one round trip.
  void rollbackTo(String savepoint, Context context) throws SQLException {
    if (this.savepoint.isPresent() && driver.getTransactionState() == TransactionState.OPEN) {
      renewSettings(); // nothing has been sent since
      return;
    }
    this.savepoint = Optional.empty();
    var first = new ArrayList<Statement>();
    first.add(Statement.of("rollback to savepoint " + savepoint));
    int left = bound(context);
    first.addAll(settings(context, left));
    send(first, Statement.of("select 1"), Preparation.NONE, _ -> Boolean.TRUE);
    settingsWereSent(left);
  }

  /// Commits, behind closing statements in the same round trip.
  void commit(Context context, List<Statement> closing) throws SQLException {
    bound(context);
    if (!closing.isEmpty()) {
      var _ = commit(context, closing, _ -> true);
    } else if (driver.getTransactionState() != TransactionState.IDLE) {
      connection().commit();
    }
  }

  /// The same, and reads what the closing statements answered; there is at least one. COMMIT stands
  /// last in the text: an error of anything behind it would look like a rollback and be none.
  <T extends @Nullable Object> T commit(
      Context context, List<Statement> closing, Reading<T> reading) throws SQLException {
    savepoint = Optional.empty();
    return send(context, Statement.of("commit").behind(closing), Preparation.NONE, reading);
  }

  /// Rolls back what is open and gives the connection back.
  void close() {
    lease.close();
  }

  private <T extends @Nullable Object> T send(
      Context context, Statement asked, Preparation preparation, Reading<T> reading)
      throws SQLException {
    int left = bound(context);
    if (!settingsAreDue(left)) {
      return send(List.of(), asked, preparation, reading);
    }
    var first = new ArrayList<Statement>();
    savepoint.ifPresent(name -> first.add(Statement.of("savepoint " + name)));
    first.addAll(settings(context, left));
    return send(
        first,
        asked,
        preparation,
        statement -> {
          settingsWereSent(left);
          savepoint = Optional.empty();
          return reading.read(statement);
        });
  }

  /// Sends statements in one message, and reads the results of the last.
  private <T extends @Nullable Object> T send(
      List<Statement> first, Statement asked, Preparation preparation, Reading<T> reading)
      throws SQLException {
    var sql = new StringBuilder();
    first.forEach(statement -> sql.append(statement.sql()).append("; "));
    try (var statement = connection().prepareStatement(sql.append(asked.sql()).toString())) {
      preparation.prepare(statement);
      var parameters = new Parameters(statement);
      for (Statement before : first) {
        parameters.bind(before.parameters());
      }
      parameters.bind(asked.parameters());
      statement.execute();
      for (int i = 0; i < first.size(); i++) {
        statement.getMoreResults();
      }
      return reading.read(statement);
    }
  }

  private void settingsWereSent(int left) {
    allowedMillis = left;
    limited = true;
  }

  private boolean settingsAreDue(int left) {
    return allowedMillis == 0 || left < allowedMillis / 2;
  }

  private List<Statement> settings(Context context, int left) {
    Statement settings =
        Statement.of(
            SETTINGS,
            context.tenant().map(Tenant::id).orElse(""),
            Integer.toString(left),
            sessionLimit,
            Integer.toString(left + SESSION_GRACE));
    // a limit that runs already is not moved by setting another (PostgreSQL, transaction_timeout)
    return limited ? List.of(Statement.of(LIFT_LIMIT, sessionLimit), settings) : List.of(settings);
  }

  /// The time left in milliseconds, at least one; it also bounds the wait for the next answer.
  private int bound(Context context) throws SQLException {
    Duration left = context.deadline().remaining();
    int millis =
        left.compareTo(Duration.ofMillis(MOST_MILLIS)) > 0
            ? (int) MOST_MILLIS
            : (int) Math.max(1, left.toMillis());
    connection().setNetworkTimeout(Runnable::run, millis + NETWORK_GRACE);
    return millis;
  }
}
