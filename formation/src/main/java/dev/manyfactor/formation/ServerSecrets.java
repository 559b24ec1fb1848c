package dev.manyfactor.formation;

import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/// What a folder's formations know of their databases on somebody else's server; kept in a private
/// file.
///
/// @param id a random mark: what carries it on the server was made by this folder's formations
/// @param roles the passwords of the services' roles, by role
record ServerSecrets(String id, Map<String, String> roles) {
  ServerSecrets {
    roles = Map.copyOf(roles);
  }

  static ServerSecrets fresh() {
    return new ServerSecrets(UUID.randomUUID().toString(), Map.of());
  }

  /// The same with a password for each role; those that are there stay.
  ServerSecrets with(String... names) {
    Map<String, String> more = new TreeMap<>(roles);
    for (String name : names) {
      more.putIfAbsent(name, ClusterSecrets.password());
    }
    return new ServerSecrets(id, more);
  }

  String passwordOf(String role) {
    String password = roles.get(role);
    if (password == null) {
      throw new IllegalArgumentException("no password is kept for the role " + role);
    }
    return password;
  }

  @Override
  public String toString() {
    return "ServerSecrets[" + id + "]";
  }
}
