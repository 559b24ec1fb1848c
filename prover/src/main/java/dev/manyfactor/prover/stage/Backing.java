package dev.manyfactor.prover.stage;

import dev.manyfactor.formation.Claims;
import dev.manyfactor.formation.Dependency;
import dev.manyfactor.formation.Durability;
import dev.manyfactor.formation.EmbeddedPostgres;
import dev.manyfactor.formation.Issuer;
import dev.manyfactor.formation.Manifest;
import dev.manyfactor.formation.ServiceDatabase;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// What all scenes of a run share: one PostgreSQL with a migrated database to copy, one issuer.
///
/// Safe on many threads.
final class Backing implements AutoCloseable {
  private final Manifest manifest;
  private final Secrets secrets;
  private final @Nullable EmbeddedPostgres server;
  private final @Nullable ServiceDatabase template;
  private final @Nullable Issuer issuer;
  private final AtomicInteger copies = new AtomicInteger();

  private Backing(Manifest manifest, Secrets secrets, Path folder, InstantSource clock)
      throws InterruptedException {
    this.manifest = manifest;
    this.secrets = secrets;
    this.issuer =
        manifest.dependencies(Dependency.Oidc.class).isEmpty()
            ? null
            : Issuer.start(folder.resolve("issuer"), clock);
    var postgres = manifest.dependencies(Dependency.Postgres.class).stream().findFirst();
    if (postgres.isPresent()) {
      server =
          EmbeddedPostgres.start(
              folder.resolve("postgres"), postgres.get().version(), Durability.OFF);
      template = server.createDatabase(manifest.name().replace('-', '_'));
      mask(template);
    } else {
      server = null;
      template = null;
    }
  }

  static Backing start(Manifest manifest, Secrets secrets, Path folder, InstantSource clock)
      throws InterruptedException {
    return new Backing(manifest, secrets, folder, clock);
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
    String name = "copy_" + copies.incrementAndGet();
    return new CopiedDatabase(server, server.copyDatabase(template, name));
  }

  void drop(CopiedDatabase copy) {
    copy.server().dropDatabase(copy.name());
  }

  /// Where PostgreSQL listens; 0 without one.
  int databasePort() {
    return server == null ? 0 : server.port();
  }

  Optional<Issuer> issuer() {
    return Optional.ofNullable(issuer);
  }

  /// A token of the user that samples are sent as.
  String token(Set<String> scopes) {
    if (issuer == null) {
      throw new IllegalStateException(manifest.name() + " has no issuer to ask for tokens");
    }
    String token =
        issuer.token(new Claims("prover", Environment.audience(manifest), "acme", scopes));
    secrets.add(token);
    return token;
  }

  @Override
  public void close() {
    if (issuer != null) {
      issuer.close();
    }
    if (server != null) {
      server.close();
    }
  }
}
