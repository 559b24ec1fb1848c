package dev.manyfactor.formation;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// The variables that whoever starts a service sets by what its processes and dependencies are.
final class Implied {
  private static final Set<String> ALWAYS = Set.of("PORT", "HOST", "MANAGEMENT_PORT");
  private static final String URL = "URL";

  private Implied() {}

  /// Of the tree of a manifest, which has the right shape.
  static Set<String> by(JsonNode tree) {
    Set<String> names = new HashSet<>(ALWAYS);
    tree.path("processes").forEach(process -> names.add(process.path("variable").asString("PORT")));
    tree.path("dependencies").forEach(dependency -> add(dependency, names));
    return names;
  }

  private static void add(JsonNode dependency, Set<String> names) {
    if (dependency.path("kind").asString("").equals("oidc")) {
      names.addAll(Set.of("OIDC_ISSUER", "OIDC_AUDIENCE"));
      return;
    }
    String address = variable(dependency);
    String prefix = address.substring(0, address.length() - URL.length());
    names.add(address);
    for (String rest : Set.of("MIGRATION_URL", "CLIENT_ID", "CLIENT_SECRET", "SCOPE", "AUDIENCE")) {
      names.add(prefix + rest);
    }
  }

  /// The variable that gets the address of a database or a service.
  static String variable(JsonNode dependency) {
    String name = dependency.get("name").asString().toUpperCase(Locale.ROOT).replace('-', '_');
    return dependency.path("variable").asString(name + "_" + URL);
  }
}
