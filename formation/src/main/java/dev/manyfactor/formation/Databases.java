package dev.manyfactor.formation;

/// Where the databases of services are made.
interface Databases {
  /// The database of a service with its two roles; what is there already stays as it is.
  ///
  /// @param name letters, digits and underscores, beginning with a letter, at most 40; it names
  ///   database and roles
  ServiceDatabase createDatabase(String name);
}
