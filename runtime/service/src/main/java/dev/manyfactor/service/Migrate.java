package dev.manyfactor.service;

import dev.manyfactor.database.Database;
import dev.manyfactor.database.DatabaseSettings;
import dev.manyfactor.database.DatabaseUnavailableException;
import dev.manyfactor.migrations.MigrationException;
import dev.manyfactor.migrations.Migrations;
import dev.manyfactor.migrations.Status;
import dev.manyfactor.telemetry.LogOutput;
import dev.manyfactor.web.Operation;
import dev.manyfactor.web.Routes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// The command `migrate`: a release step, which brings the schema up to the release.
final class Migrate {
  private final Composition composition;
  private final Terminal terminal;

  Migrate(Composition composition, Terminal terminal) {
    this.composition = composition;
    this.terminal = terminal;
  }

  ExitCode run(boolean statusOnly) {
    Database database =
        composition
            .declaredDatabase()
            .orElseThrow(
                () -> new UsageException(List.of(composition.name() + " has no database")));
    try (Resources resources = Resources.open(composition, "migrate", LogOutput.STDERR)) {
      var startUp = new StartUp(composition, resources);
      Optional<String> away = startUp.awaitDatabase();
      if (away.isPresent()) {
        return terminal.complain(ExitCode.UNAVAILABLE, away.get());
      }
      return statusOnly ? status(database, startUp) : apply(database, startUp.migrations());
    } catch (MigrationException refused) {
      return terminal.complain(
          refused.isForLackOfResources() ? ExitCode.UNAVAILABLE : ExitCode.CONFIG,
          String.valueOf(refused.getMessage()));
    } catch (DatabaseUnavailableException gone) {
      return terminal.complain(ExitCode.UNAVAILABLE, String.valueOf(gone.getMessage()));
    }
  }

  private ExitCode apply(Database database, Migrations migrations) {
    DatabaseSettings settings = composition.databaseSettings();
    migrations.apply(
        settings.migrationUrl().orElse(settings.url()),
        settings.url(),
        line -> terminal.out().println(line));
    return checkKeys(database);
  }

  /// What the contract promises of the schema can be seen only now; what was applied stays.
  private ExitCode checkKeys(Database database) {
    List<Operation> operations =
        composition.declaredRoutes().map(Routes::operations).orElse(List.of());
    try (Connection connection = database.connect("migrate")) {
      List<String> problems = NaturalKeys.problems(connection, operations);
      return problems.isEmpty()
          ? ExitCode.OK
          : terminal.complain(ExitCode.CONFIG, String.join(System.lineSeparator(), problems));
    } catch (SQLException gone) {
      throw new IllegalStateException("the connection to the database broke", gone);
    }
  }

  private ExitCode status(Database database, StartUp startUp) {
    try (Connection connection = database.connect("migrate")) {
      Status status = startUp.migrations().status(connection);
      for (Status.Entry entry : status.migrations()) {
        terminal
            .out()
            .printf(
                "%-12s %-48s %s%n",
                entry.set(),
                entry.file(),
                entry.appliedAt().map(at -> "applied " + at).orElse("pending"));
      }
      terminal.out().println(status.pending().size() + " pending");
      return ExitCode.OK;
    } catch (SQLException gone) {
      throw new IllegalStateException("the connection to the database broke", gone);
    }
  }
}
