package dev.manyfactor.service;

import dev.manyfactor.context.Deadline;
import dev.manyfactor.database.Database;
import dev.manyfactor.database.DatabaseException;
import dev.manyfactor.idempotency.Idempotency;
import dev.manyfactor.identity.TokenVerifier;
import dev.manyfactor.jobs.Jobs;
import dev.manyfactor.migrations.MigrationSet;
import dev.manyfactor.migrations.Migrations;
import dev.manyfactor.migrations.Readiness;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// What a process waits for before it is ready, and what makes it refuse to go on.
///
/// Waiting helps where a dependency is not there yet. It does not help where the database belongs
/// to another deployment, is behind this release, or is reached by a role that row-level security
/// does not bind: then the process refuses.
final class StartUp {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  private final Composition composition;
  private final Migrations migrations;
  private final Optional<TokenVerifier> verifier;

  StartUp(Composition composition, Resources resources, Optional<TokenVerifier> verifier) {
    this.composition = composition;
    this.migrations = migrationsOf(composition, resources);
    this.verifier = verifier;
  }

  /// For a process that judges no tokens.
  StartUp(Composition composition, Resources resources) {
    this(composition, resources, Optional.empty());
  }

  Migrations migrations() {
    return migrations;
  }

  /// Waits for the database, at most for `START_WAIT`.
  boolean awaitDatabase() {
    Optional<Database> database = composition.declaredDatabase();
    Deadline deadline =
        Deadline.after(composition.serviceSettings().startWait(), composition.clock());
    while (database.isPresent() && !database.get().isReady()) {
      if (deadline.hasPassed()) {
        return false;
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
    return true;
  }

  /// The migrations of the runtime's modules that the service uses, then the service's own.
  private static Migrations migrationsOf(Composition composition, Resources resources) {
    List<MigrationSet> sets = new ArrayList<>();
    composition.declaredIdempotency().ifPresent(kept -> sets.add(Idempotency.migrations()));
    composition.declaredJobs().ifPresent(jobs -> sets.add(Jobs.migrations()));
    sets.add(new MigrationSet("service", "migrations/" + composition.name(), composition.loader()));
    return new Migrations(sets, resources.release());
  }

  /// What the process still waits for; empty once it may be ready.
  ///
  /// @throws StartRefusedException if waiting does not help
  Optional<String> missing() {
    return composition
        .declaredDatabase()
        .flatMap(this::missingFrom)
        .or(() -> verifier.flatMap(TokenVerifier::whyNotReady));
  }

  private Optional<String> missingFrom(Database database) {
    if (!database.isReady()) {
      return Optional.of("the database that DATABASE_URL names does not answer");
    }
    try (Connection connection = database.connect("start")) {
      List<String> problems = new ArrayList<>(database.problems());
      switch (migrations.readiness(connection)) {
        case Readiness.Ready() -> {}
        case Readiness.Behind(var message) -> problems.add(message);
        case Readiness.Foreign(var message) -> problems.add(message);
      }
      if (!problems.isEmpty()) {
        throw new StartRefusedException(problems);
      }
      return Optional.empty();
    } catch (SQLException | DatabaseException goneAgain) {
      return Optional.of("the database that DATABASE_URL names does not answer");
    }
  }
}
