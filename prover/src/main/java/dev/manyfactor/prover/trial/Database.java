package dev.manyfactor.prover.trial;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/// A database of the service, seen through a session of our own that no proxy is in front of.
public interface Database {
  /// Its name.
  String name();

  /// A new session as the superuser, with bounds on every wait; the caller closes it.
  Connection connect() throws SQLException;

  /// How many rows each table of the service has, system tables aside, by `schema.table`.
  Map<String, Long> rows();

  /// How many sessions the service's roles have open to it.
  int sessions();
}
