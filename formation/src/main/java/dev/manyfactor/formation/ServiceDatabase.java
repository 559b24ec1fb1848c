package dev.manyfactor.formation;

/// The database of one service, and the two ways into it.
///
/// Both roles are ordinary: neither superuser nor exempt from row-level security. The owner changes
/// the schema (`DATABASE_MIGRATION_URL`); the serving role reads and writes rows only
/// (`DATABASE_URL`).
///
/// @param name the database's name
/// @param ownerUrl `postgres://name_owner:password@127.0.0.1:port/name`; holds a password, never
///   print it
/// @param servingUrl `postgres://name:password@127.0.0.1:port/name`; holds a password, never print
///   it
public record ServiceDatabase(String name, String ownerUrl, String servingUrl) {

  /// The name only: the addresses hold passwords.
  @Override
  public String toString() {
    return "ServiceDatabase[" + name + "]";
  }
}
