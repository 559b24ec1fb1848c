package dev.manyfactor.idempotency;

import dev.manyfactor.context.Tenant;
import dev.manyfactor.database.spi.Statement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One of several requests under one key, on a session of its own, whose steps a test takes one by
/// one. A step that waits for a lock is left waiting, and its session's next steps behind it.
final class Duplicate implements AutoCloseable {
  private final Sql sql;
  private final Connection connection;
  private final Connection watch;
  private final int pid;
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private @Nullable Future<Optional<End>> last;
  private Optional<End> end = Optional.empty(); // this and what follows: of the session's thread
  private boolean isFree;
  private boolean isKnown;

  /// How a request ended.
  enum End {
    DONE,
    REPLAYED,
    IN_FLIGHT,
    /// The primary key has refused its answer.
    REFUSED
  }

  /// What the steps say to the server.
  ///
  /// @param lock gives `free`; `look` gives a row with `same` if there is an answer
  /// @param add keeps the answer; empty for a mutant that does not
  record Sql(Statement lock, List<Statement> look, List<Statement> add) {}

  Duplicate(Shop shop, Sql sql) {
    try {
      this.sql = sql;
      connection = shop.postgres.app().connect("duplicate");
      watch = shop.postgres.superuser().connect("watch");
      pid = number(connection, "select pg_backend_pid()");
      connection.createStatement().execute("set manyfactor.tenant = 'acme'");
      connection.setAutoCommit(false);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /// Begins anew.
  void reset() {
    end = Optional.empty();
    last = null;
  }

  /// Takes the lock, or finds it taken.
  void lock() {
    step(() -> {
      try (PreparedStatement statement = prepared(sql.lock());
          ResultSet row = statement.executeQuery()) {
        row.next();
        isFree = row.getBoolean("free");
        isKnown = sql.look().isEmpty() && row.getObject("same") != null;
      }
      return Optional.empty();
    });
  }

  /// Looks for an answer, and ends if there is one, or if another session holds the lock.
  void look() {
    step(() -> {
      for (Statement look : sql.look()) {
        try (PreparedStatement statement = prepared(look);
            ResultSet rows = statement.executeQuery()) {
          isKnown = rows.next();
        }
      }
      if (isKnown || !isFree) {
        connection.rollback();
        return Optional.of(isKnown ? End.REPLAYED : End.IN_FLIGHT);
      }
      return Optional.empty();
    });
  }

  /// Ends a transaction that only looked, as that of a call does before its calls.
  void letGo() {
    step(() -> {
      connection.rollback();
      return Optional.empty();
    });
  }

  /// Has its effect and keeps its answer.
  void work() {
    step(() -> {
      try {
        connection
            .createStatement()
            .execute("insert into orders (tenant, item) values ('acme', 'tea')");
        for (Statement add : sql.add()) {
          prepared(add).executeUpdate();
        }
        return Optional.empty();
      } catch (SQLException refusal) {
        connection.rollback();
        return Optional.of(End.REFUSED);
      }
    });
  }

  void commit() {
    step(() -> {
      connection.commit();
      return Optional.of(End.DONE);
    });
  }

  /// How many effects and answers there are, seen by a superuser, who removes them.
  int[] taken() {
    String take =
        """
        with effect as (delete from orders returning 1),
          answer as (delete from manyfactor.idempotency_other returning 1)
        select (select count(*) from effect), (select count(*) from answer)
        """;
    try (var statement = watch.createStatement();
        ResultSet row = statement.executeQuery(take)) {
      row.next();
      return new int[] {row.getInt(1), row.getInt(2)};
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /// How it ended, once nothing is left that it waits for.
  End end() {
    Future<Optional<End>> step = last;
    if (step != null) {
      get(step);
    }
    return end.orElseThrow();
  }

  private void step(Callable<Optional<End>> action) {
    Future<Optional<End>> step =
        thread.submit(() -> {
          if (end.isEmpty()) {
            end = action.call();
          }
          return end;
        });
    last = step;
    awaitDoneOrBlocked(step);
  }

  private void awaitDoneOrBlocked(Future<Optional<End>> step) {
    for (int i = 0; i < 10_000; i++) {
      try {
        step.get(5, TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException notYet) {
        if (isBlocked()) {
          return;
        }
      } catch (InterruptedException | ExecutionException failure) {
        throw new IllegalStateException(failure);
      }
    }
    throw new IllegalStateException("a step neither ends nor waits for a lock");
  }

  private boolean isBlocked() {
    try {
      return number(watch, "select cardinality(pg_blocking_pids(" + pid + "))") > 0;
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private PreparedStatement prepared(Statement statement) throws SQLException {
    PreparedStatement prepared = connection.prepareStatement(statement.sql());
    for (int i = 0; i < statement.parameters().size(); i++) {
      Object value = statement.parameters().get(i);
      prepared.setObject(i + 1, value instanceof Tenant tenant ? tenant.id() : value);
    }
    return prepared;
  }

  private static int number(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getInt(1);
    }
  }

  private static void get(Future<?> step) {
    try {
      step.get(30, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    try {
      connection.close();
      watch.close();
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
