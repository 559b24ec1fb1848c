package dev.manyfactor.prover.stage;

import dev.manyfactor.formation.Dependency;
import dev.manyfactor.formation.Durability;
import dev.manyfactor.formation.EmbeddedPostgres;
import dev.manyfactor.formation.Manifest;
import dev.manyfactor.formation.ServiceDatabase;
import dev.manyfactor.prover.standin.KeyRing;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// What all scenes of a run share: one PostgreSQL with a migrated database to copy, and the keys
/// that tokens are signed with.
///
/// Safe on many threads.
final class Backing implements AutoCloseable {
  private final Manifest manifest;
  private final Secrets secrets;
  private final @Nullable EmbeddedPostgres server;
  private final @Nullable ServiceDatabase template;
  private final KeyRing keys = new KeyRing();
  private final AtomicInteger copies = new AtomicInteger();

  private Backing(Manifest manifest, Secrets secrets, Path folder) throws InterruptedException {
    this.manifest = manifest;
    this.secrets = secrets;
    var postgres = manifest.dependencies(Dependency.Postgres.class).stream().findFirst();
    if (postgres.isPresent()) {
      server =
          EmbeddedPostgres.start(
              folder.resolve("postgres"), postgres.get().version(), Durability.OFF);
      template = templateOn(server);
    } else {
      server = null;
      template = null;
    }
  }

  static Backing start(Manifest manifest, Secrets secrets, Path folder)
      throws InterruptedException {
    return new Backing(manifest, secrets, folder);
  }

  private ServiceDatabase templateOn(EmbeddedPostgres started) {
    try {
      ServiceDatabase made = started.createDatabase(manifest.name().replace('-', '_'));
      mask(made);
      return made;
    } catch (RuntimeException failure) {
      started.close(); // nobody else knows of it yet
      throw failure;
    }
  }

  private void mask(ServiceDatabase database) {
    secrets.add(passwordOf(database.ownerUrl()));
    secrets.add(passwordOf(database.servingUrl()));
  }

  private static String passwordOf(String url) {
    String login = Optional.ofNullable(URI.create(url).getUserInfo()).orElse("");
    return login.substring(login.indexOf(':') + 1);
  }

  /// The database that is migrated once; nobody may be connected to it when it is copied.
  Optional<CopiedDatabase> original() {
    return server == null || template == null
        ? Optional.empty()
        : Optional.of(new CopiedDatabase(server, template));
  }

  /// A copy of it.
  CopiedDatabase copy() {
    if (server == null || template == null) {
      throw new IllegalStateException(manifest.name() + " has no database to copy");
    }
    String called = template.name().startsWith("copy_") ? "twin_" : "copy_";
    String name = called + copies.incrementAndGet();
    return new CopiedDatabase(server, server.copyDatabase(template, name));
  }

  /// One that nothing has been done to, for the same roles.
  CopiedDatabase empty() {
    if (server == null || template == null) {
      throw new IllegalStateException(manifest.name() + " has no database");
    }
    String called = template.name().startsWith("empty_") ? "blank_" : "empty_";
    return new CopiedDatabase(
        server, server.createEmpty(template, called + copies.incrementAndGet()));
  }

  void drop(CopiedDatabase copy) {
    copy.server().dropDatabase(copy.name());
  }

  /// Where PostgreSQL listens; 0 without one.
  int databasePort() {
    return server == null ? 0 : server.port();
  }

  /// The keys that the issuers of all scenes sign with: making them takes a while.
  KeyRing keys() {
    return keys;
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
  }
}
