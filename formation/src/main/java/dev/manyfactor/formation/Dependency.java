package dev.manyfactor.formation;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/// Something that a service needs around it.
public sealed interface Dependency {
  /// What the service calls it.
  String name();

  /// Whether the service is not ready without it.
  boolean required();

  /// A PostgreSQL database of its own.
  ///
  /// @param version the major version
  /// @param variable gets the serving role's address, for example `DATABASE_URL`
  record Postgres(String name, int version, String variable, boolean required)
      implements Dependency {
    /// The variable that gets the owner's address: `DATABASE_URL` gives `DATABASE_MIGRATION_URL`.
    public String migrationVariable() {
      return variable.substring(0, variable.length() - "URL".length()) + "MIGRATION_URL";
    }
  }

  /// Another service.
  ///
  /// @param path the folder of its manifest
  /// @param variable gets its address, for example `CARDS_URL`
  /// @param access which tokens this service may ask for to call it; empty if it calls without
  record Service(String name, Path path, String variable, Optional<Access> access, boolean required)
      implements Dependency {
    /// What the names of the other variables begin with: `CARDS_URL` gives `CARDS_`.
    public String prefix() {
      return variable.substring(0, variable.length() - "URL".length());
    }
  }

  /// Which tokens a service may ask for.
  ///
  /// @param scopes all that it may ask for
  /// @param audience the called service, unless said otherwise its name
  /// @param tenant as whose customer it calls, unless said otherwise the calling service's name
  record Access(Set<String> scopes, Optional<String> audience, Optional<String> tenant) {
    /// Copies the scopes.
    public Access {
      scopes = Set.copyOf(scopes);
    }
  }

  /// An OpenID Connect issuer whose tokens the service checks.
  ///
  /// @param audience what tokens must name, unless said otherwise the service's name
  record Oidc(String name, Optional<String> audience, boolean required) implements Dependency {}
}
