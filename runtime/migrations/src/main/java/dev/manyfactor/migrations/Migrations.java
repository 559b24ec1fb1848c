package dev.manyfactor.migrations;

import dev.manyfactor.context.Release;
import dev.manyfactor.database.PostgresUrl;
import dev.manyfactor.database.spi.ServerMessage;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The migrations of one release: applies them, and says what is missing.
///
/// Safe on many threads and in many processes: one runner works and the others wait for it.
public final class Migrations {
  private final List<MigrationSet> sets;
  private final Release release;
  private final Patience patience;

  /// The migrations of these sets.
  ///
  /// @param sets in the order in which they run; the service's own comes last
  /// @param release whose names the database is stamped with
  public Migrations(List<MigrationSet> sets, Release release) {
    this(sets, release, Patience.DEFAULT);
  }

  Migrations(List<MigrationSet> sets, Release release, Patience patience) {
    this.sets = List.copyOf(sets);
    this.release = release;
    this.patience = patience;
  }

  /// Applies what is pending, stamps the database, and gives the serving role its rights.
  ///
  /// @param owner the address with the role that will own the tables
  /// @param serving the address with the role that serves; nothing is granted if it is the owner
  /// @param progress receives whole lines
  /// @return how many files were applied
  /// @throws MigrationException with every problem and its remedy
  /// @throws dev.manyfactor.database.DatabaseUnavailableException if the server cannot be reached
  public int apply(PostgresUrl owner, PostgresUrl serving, Consumer<String> progress) {
    List<MigrationFile> files = MigrationFiles.of(sets);
    if (!owner.database().equals(serving.database())) {
      throw new MigrationException(
          "DATABASE_MIGRATION_URL names the database "
              + owner.database()
              + " but DATABASE_URL names "
              + serving.database()
              + "; give both the same one",
          null);
    }
    List<String> role = owner.user().equals(serving.user()) ? List.of() : List.of(serving.user());
    try (Connection connection = owner.connect(release.service() + " migrate")) {
      return new Runner(connection, release, patience, progress).run(files, role);
    } catch (SQLException failure) {
      throw new MigrationException(
          "the database refused migrate as " + owner.user() + ": " + words(failure), failure);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new MigrationException("migrate was interrupted; run it again", stopping);
    }
  }

  /// What has been applied and what has not; the serving role may ask.
  ///
  /// @throws MigrationException if a file of this release is wrong, or the database does not answer
  public Status status(Connection connection) {
    return asked(() -> History.of(MigrationFiles.of(sets), new Ledger(connection)).status());
  }

  /// Whether this release may serve on the database; the serving role may ask. A schema that is
  /// newer is no obstacle.
  ///
  /// @throws MigrationException as [#status]
  public Readiness readiness(Connection connection) {
    return asked(() -> readiness(new Ledger(connection)));
  }

  private Readiness readiness(Ledger ledger) throws SQLException {
    List<MigrationFile> files = MigrationFiles.of(sets);
    Optional<Ledger.Stamp> stamp = ledger.exists() ? ledger.stamp() : Optional.empty();
    if (stamp.isPresent() && !stamp.get().isOf(release)) {
      return new Readiness.Foreign(History.foreign(stamp.get(), release));
    }
    History history = History.of(files, ledger);
    if (!history.problems().isEmpty()) {
      return new Readiness.Foreign(String.join("\n", history.problems()));
    }
    if (stamp.isPresent() && history.pending().isEmpty()) {
      return new Readiness.Ready();
    }
    String missing =
        history.progress().isEmpty() ? "the database has no stamp" : history.progress();
    return new Readiness.Behind(
        "the schema is older than this release needs: "
            + missing
            + "; run: java -jar "
            + release.service()
            + ".jar migrate");
  }

  /// Something to ask the database.
  private interface Question<T> {
    T ask() throws SQLException;
  }

  private static <T> T asked(Question<T> question) {
    try {
      return question.ask();
    } catch (SQLException failure) {
      throw new MigrationException(
          "the database could not be asked for its migrations: " + words(failure), failure);
    }
  }

  private static String words(SQLException failure) {
    return ServerMessage.of(failure).text();
  }
}
