package dev.manyfactor.migrations;

import dev.manyfactor.context.Release;
import dev.manyfactor.database.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A service with a database of its own, whose migrations a test writes and applies.
final class Project {
  static final Release RELEASE = new Release("payments", "abc123", "dev");
  static final Patience SHORT =
      new Patience(
          Duration.ofMillis(100),
          100,
          Duration.ofMillis(100),
          Duration.ofMillis(500),
          Duration.ofSeconds(50));

  private final TestPostgres postgres = TestPostgres.create();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private Path directory = Path.of(".");

  void in(Path folder) {
    directory = folder;
  }

  TestPostgres postgres() {
    return postgres;
  }

  /// What the runners have said.
  List<String> lines() {
    return lines;
  }

  /// The service's folder.
  Folder folder() {
    return new Folder(directory);
  }

  Migrations migrations(Folder folder) {
    return new Migrations(List.of(folder.set()), RELEASE, SHORT);
  }

  int apply(Folder folder) {
    return migrations(folder).apply(postgres.owner(), postgres.app(), lines::add);
  }

  Status status(Folder folder) {
    try (Connection connection = postgres.app().connect("status")) {
      return migrations(folder).status(connection);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  Readiness readiness(Folder folder) {
    return readiness(migrations(folder));
  }

  Readiness readiness(Migrations migrations) {
    try (Connection connection = postgres.app().connect("readiness")) {
      return migrations.readiness(connection);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
