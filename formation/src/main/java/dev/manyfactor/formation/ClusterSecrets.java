package dev.manyfactor.formation;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/// What a PostgreSQL data folder is entered with; kept in a private file beside it.
///
/// @param port where the server listened last, so that addresses stay the same when they can
/// @param superuser the password of the superuser, which only the formation uses
/// @param roles the passwords of the services' roles, by role
record ClusterSecrets(int port, String superuser, Map<String, String> roles) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int PASSWORD_BYTES = 24;

  ClusterSecrets {
    roles = Map.copyOf(roles);
  }

  static ClusterSecrets fresh() {
    return new ClusterSecrets(0, password(), Map.of());
  }

  ClusterSecrets at(int newPort) {
    return new ClusterSecrets(newPort, superuser, roles);
  }

  /// The same with a password for `role`; one that is there stays.
  ClusterSecrets with(String role) {
    Map<String, String> more = new TreeMap<>(roles);
    more.putIfAbsent(role, password());
    return new ClusterSecrets(port, superuser, more);
  }

  String passwordOf(String role) {
    String password = roles.get(role);
    if (password == null) {
      throw new IllegalArgumentException("no password is kept for the role " + role);
    }
    return password;
  }

  /// 192 random bits, in letters that need no escaping in an address.
  static String password() {
    byte[] random = new byte[PASSWORD_BYTES];
    RANDOM.nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  @Override
  public String toString() {
    return "ClusterSecrets[port=" + port + "]";
  }
}
