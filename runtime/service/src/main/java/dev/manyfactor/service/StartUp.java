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
  ///
  /// @return why it does not answer; empty if it does, or if there is none
  Optional<String> awaitDatabase() {
    Duration patience = composition.serviceSettings().startWait();
    Deadline deadline = Deadline.after(patience, composition.clock());
    Optional<String> why = whyDatabaseIsAway();
    while (why.isPresent() && !deadline.hasPassed()) {
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
      why = whyDatabaseIsAway();
    }
    return why.map(reason ->
        "%s; it was awaited for %s s, as START_WAIT says"
            .formatted(reason, patience.toMillis() / 1000.0));
  }

  private Optional<String> whyDatabaseIsAway() {
    return composition.declaredDatabase().flatMap(Database::whyNotReady);
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
    Optional<String> away = database.whyNotReady();
    if (away.isPresent()) {
      return away;
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
      return Optional.of("the database has gone again: " + goneAgain.getMessage());
    }
  }
}
