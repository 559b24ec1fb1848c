package dev.manyfactor.migrations;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;

/// One runner at a time: a lock of the session, gone with it however the runner ends.
///
/// It is asked for again and again instead of waited for, because a transaction that waits would
/// keep `create index concurrently` of the other runner waiting for it in turn.
final class RunnerLock {
  private static final long KEY = 0x6d616e7966616374L; // "manyfact"
  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final String HOLDER =
      """
      select a.pid || ' (' || coalesce(a.application_name, '') || ', since '
          || to_char(a.backend_start at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS') || ' UTC)'
        from pg_locks l join pg_stat_activity a using (pid)
        where l.locktype = 'advisory' and l.granted and l.objsubid = 1
          and l.database = (select oid from pg_database where datname = current_database())
          and l.classid = (? >> 32)::int8::oid and l.objid = (? & 4294967295)::int8::oid
      """;

  private final Connection connection;
  private final Patience patience;

  RunnerLock(Connection connection, Patience patience) {
    this.connection = connection;
    this.patience = patience;
  }

  /// Gets the lock, or says who has it.
  void take(Consumer<String> progress) throws SQLException, InterruptedException {
    long attempts = Math.max(1, patience.runnerWait().dividedBy(PAUSE));
    for (long attempt = 1; !tryOnce(); attempt++) {
      if (attempt >= attempts) {
        throw new MigrationException(
            "another migrate still runs after "
                + patience.runnerWait().toSeconds()
                + " s: backend "
                + holder()
                + "; wait for it, or end it with select pg_terminate_backend(pid)",
            null);
      }
      if (attempt == 1) {
        progress.accept("waiting for another migrate: backend " + holder());
      }
      Thread.sleep(PAUSE);
    }
  }

  private boolean tryOnce() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select pg_try_advisory_lock(?)")) {
      statement.setLong(1, KEY);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() && rows.getBoolean(1);
      }
    }
  }

  /// Gives the lock back. The end of the session does that too, but a moment later, and the next
  /// runner would say that it waits for somebody who has gone.
  void release() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select pg_advisory_unlock(?)")) {
      statement.setLong(1, KEY);
      statement.execute();
    }
  }

  private String holder() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(HOLDER)) {
      statement.setLong(1, KEY);
      statement.setLong(2, KEY);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? rows.getString(1) : "unknown";
      }
    }
  }
}
