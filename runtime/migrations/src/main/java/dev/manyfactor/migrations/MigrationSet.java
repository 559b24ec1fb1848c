package dev.manyfactor.migrations;

/// A folder of migration files on the class path, numbered from 1 without gaps.
///
/// A file is called `NNNN.<phase>.<name>.sql`, for example `0003.expand.add_refunds.sql`; see
/// [Phase]. Comment lines at its start may declare `-- shared: <table>` (a table of `public` that
/// all tenants share) and `-- grant: <privileges> on <schema>.<table>`, or `-- grant: usage on
/// sequence <schema>.<sequence>` (a right of the serving role).
///
/// @param name what the set is recorded under: lower-case letters, digits and `_`
/// @param folder the folder on the class path, without a slash at either end
/// @param loader what finds the folder
public record MigrationSet(String name, String folder, ClassLoader loader) {

  private static final String SERVICE = "service";

  /// The service's own set: the folder `migrations` on the class path. Every table it makes in
  /// `public` may be read and written by the serving role.
  public static MigrationSet ofService(ClassLoader loader) {
    return new MigrationSet(SERVICE, "migrations", loader);
  }

  /// The set of a module of the runtime: the folder `META-INF/manyfactor/migrations/<name>` beside
  /// `module`. The serving role gets the rights that its files declare, and no others.
  public static MigrationSet ofModule(String name, Class<?> module) {
    return new MigrationSet(
        name, "META-INF/manyfactor/migrations/" + name, module.getClassLoader());
  }

  boolean isOfService() {
    return name.equals(SERVICE);
  }
}
