package dev.manyfactor.formation;

import dev.manyfactor.formation.ServiceLauncher.Wires;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a formation is broken on purpose: it keeps nothing in the service's folder, is found by no
/// other command, and something may stand between a service and what it leans on.
///
/// @param home where its databases, keys and logs are kept
/// @param detour which ports are told
public record Laboratory(Path home, Detour detour) {
  private static final Pattern PORT = Pattern.compile("(?<=127\\.0\\.0\\.1:)[0-9]+");

  /// Which port a service is told.
  public interface Detour {
    /// Asked once for each dependency with an address, before the service starts.
    ///
    /// @param service the name of the service that is told
    /// @param dependency what it calls that which listens on `port`
    /// @return a port of 127.0.0.1 that leads there, or `port` itself
    int instead(String service, String dependency, int port);
  }

  Wires detoured(Manifest member, Wires wires) {
    Map<String, String> environment = new HashMap<>(wires.environment());
    Map<String, String> release = new HashMap<>(wires.release());
    for (Dependency dependency : member.dependencies()) {
      switch (dependency) {
        case Dependency.Postgres postgres -> {
          int port = turn(member, dependency, environment.getOrDefault(postgres.variable(), ""));
          environment.computeIfPresent(postgres.variable(), (_, url) -> with(url, port));
          release.computeIfPresent(postgres.migrationVariable(), (_, url) -> with(url, port));
        }
        case Dependency.Service service -> {
          int port = turn(member, dependency, environment.getOrDefault(service.variable(), ""));
          environment.computeIfPresent(service.variable(), (_, url) -> with(url, port));
        }
        case Dependency.Oidc _ -> {}
      }
    }
    return new Wires(Map.copyOf(environment), Map.copyOf(release), wires.mark());
  }

  private int turn(Manifest member, Dependency dependency, String url) {
    Matcher port = PORT.matcher(url);
    if (!port.find()) {
      throw new IllegalStateException("the address of " + dependency.name() + " has no local port");
    }
    return detour.instead(member.name(), dependency.name(), Integer.parseInt(port.group()));
  }

  private static String with(String url, int port) {
    return PORT.matcher(url).replaceFirst(String.valueOf(port));
  }
}
