package dev.manyfactor.migrations;

import dev.manyfactor.context.Release;
import dev.manyfactor.database.spi.ServerMessage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// Applies what is pending on one connection of the owner: one file, one transaction.
final class Runner {
  private static final Duration LONGEST_STATEMENT = Duration.ofHours(1);
  private static final String OUTSIDE_ONLY = "25001"; // not allowed in a transaction
  private static final Set<String> IN_USE = Set.of("55P03", "40P01");

  private final Connection connection;
  private final Release release;
  private final Patience patience;
  private final Consumer<String> progress;
  private final Ledger ledger;

  Runner(Connection connection, Release release, Patience patience, Consumer<String> progress) {
    this.connection = connection;
    this.release = release;
    this.patience = patience;
    this.progress = progress;
    this.ledger = new Ledger(connection);
  }

  /// Checks first, applies then, grants last; says how many files it applied.
  ///
  /// @param role who will serve; empty if the owner does
  int run(List<MigrationFile> files, List<String> role) throws SQLException, InterruptedException {
    connection.setNetworkTimeout(Runnable::run, (int) LONGEST_STATEMENT.plusSeconds(10).toMillis());
    var lock = new RunnerLock(connection, patience);
    lock.take(progress);
    connection.setAutoCommit(false);
    List<MigrationFile> pending = check(files, role);
    var shared = new HashSet<String>();
    for (MigrationFile file : files) {
      shared.addAll(file.sharedTables());
      if (pending.contains(file)) {
        progress.accept("applying " + file.title());
        applyPatiently(file, shared);
      }
    }
    grant(files, role);
    lock.release();
    progress.accept(summary(files.size(), pending.size()));
    return pending.size();
  }

  private List<MigrationFile> check(List<MigrationFile> files, List<String> role)
      throws SQLException {
    ledger.create();
    var stamp = ledger.stamp();
    if (stamp.isPresent() && !stamp.get().isOf(release)) {
      throw new MigrationException(History.foreign(stamp.get(), release), null);
    }
    History history = History.of(files, ledger);
    var problems = new ArrayList<>(history.problems());
    for (String name : role) {
      problems.addAll(new ServingRole(connection, name).problems());
    }
    if (!problems.isEmpty()) {
      throw new MigrationException(problems);
    }
    if (stamp.isEmpty()) {
      ledger.stamp(release);
    }
    for (String name : role) {
      new ServingRole(connection, name).grantLedger();
    }
    connection.commit();
    return history.pending();
  }

  private void applyPatiently(MigrationFile file, Set<String> shared)
      throws SQLException, InterruptedException {
    for (int attempt = 1; !apply(file, shared); attempt++) {
      if (attempt >= patience.attempts()) {
        throw new MigrationException(
            file.title()
                + ": a table it needs stayed in use over "
                + attempt
                + " attempts; find who holds it in pg_stat_activity, and run migrate again",
            null);
      }
      Duration pause = patience.pauseAfter(attempt, RandomGenerator.getDefault());
      progress.accept(
          "a table is in use, so "
              + file.title()
              + " is tried again in "
              + pause.toMillis()
              + " ms");
      Thread.sleep(pause);
    }
  }

  /// Applies one file; false if a table it needs is in use, and then nothing of it is left.
  private boolean apply(MigrationFile file, Set<String> shared) throws SQLException {
    boolean applied = execute(file);
    if (applied) {
      mustKeepTenantsApart(file, shared);
      ledger.add(file, release);
      connection.commit();
    } else {
      connection.rollback();
    }
    return applied;
  }

  private boolean execute(MigrationFile file) throws SQLException {
    limit("lock_timeout", patience.lockTimeout());
    limit("statement_timeout", LONGEST_STATEMENT);
    for (SqlScript.Part part : file.statements()) {
      try (var statement = connection.createStatement()) {
        statement.setEscapeProcessing(false);
        statement.execute(part.sql());
      } catch (SQLException refusal) {
        ServerMessage message = ServerMessage.of(refusal);
        if (IN_USE.contains(message.state())) {
          return false;
        }
        throw new MigrationException(failure(file, part, message), refusal);
      }
    }
    return true;
  }

  private static String failure(MigrationFile file, SqlScript.Part part, ServerMessage message) {
    int offset = message.position() > 0 ? part.offset() + message.position() - 1 : part.offset();
    return file.at(offset)
        + ": "
        + message.text()
        + message.hint().map(hint -> " (" + hint + ")").orElse("")
        + " (SQLSTATE "
        + message.state()
        + "); "
        + remedy(message.state());
  }

  private static String remedy(String state) {
    if (state.equals(OUTSIDE_ONLY)) {
      return "every file is one transaction, and this statement cannot be part of one; leave out concurrently";
    }
    return MigrationException.lacksResources(state)
        ? "nothing of this file was applied; give the server what it lacks and run migrate again"
        : "nothing of this file was applied, so mend it and run migrate again";
  }

  private void mustKeepTenantsApart(MigrationFile file, Set<String> shared) throws SQLException {
    List<String> problems = Isolation.problems(connection, file, shared);
    if (!problems.isEmpty()) {
      throw new MigrationException(
          problems.stream().map(problem -> file.title() + ": " + problem).toList());
    }
  }

  private void grant(List<MigrationFile> files, List<String> role) throws SQLException {
    var rights = new HashSet<String>();
    files.forEach(file -> rights.addAll(file.grants()));
    for (String name : role) {
      new ServingRole(connection, name).grant(rights);
    }
    connection.commit();
  }

  private void limit(String setting, Duration bound) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select set_config(?, ?, true)")) {
      statement.setString(1, setting);
      statement.setString(2, Long.toString(bound.toMillis()));
      statement.execute();
    }
  }

  private static String summary(int files, int applied) {
    return applied == 0
        ? "nothing to apply: the schema has all " + files + " migrations"
        : "applied " + applied + " of " + files + " migrations";
  }
}
