package dev.manyfactor.formation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The services of a formation, found from the one that is asked for.
final class Members {
  private final Map<Path, Manifest> found = new LinkedHashMap<>();
  private final List<Path> asking = new ArrayList<>();

  private Members() {}

  /// Every service once, each after those it depends on; the one in `directory` is the last.
  static List<Manifest> of(Path directory) {
    Members members = new Members();
    members.visit(directory);
    List<Manifest> inOrder = List.copyOf(members.found.values());
    requireNames(inOrder);
    return inOrder;
  }

  private void visit(Path directory) {
    Path folder = directory.toAbsolutePath().normalize();
    if (asking.contains(folder)) {
      throw new FormationException(
          ExitCode.CONFIG,
          "%s depends on itself by way of %s; services that call each other cannot be started in order"
              .formatted(folder, asking.getLast()));
    }
    if (found.containsKey(folder)) {
      return;
    }
    asking.add(folder);
    Manifest manifest = Manifest.read(folder);
    requireRuntime(manifest);
    manifest.dependencies(Dependency.Service.class).forEach(service -> visit(service.path()));
    asking.removeLast();
    found.put(folder, manifest);
  }

  private static void requireRuntime(Manifest manifest) {
    String runtime = manifest.identity().runtime().orElse("");
    String here = "java " + Runtime.version().feature();
    if (runtime.startsWith("java ") && !runtime.equals(here)) {
      throw new FormationException(
          ExitCode.UNAVAILABLE,
          "%s declares `runtime: %s`, but mf runs on %s and starts services with the same; declare `runtime: %s`"
              .formatted(manifest.name(), runtime, here, here));
    }
  }

  private static void requireNames(List<Manifest> members) {
    Map<String, Path> names = new HashMap<>();
    for (Manifest member : members) {
      Path other = names.put(member.name(), member.directory());
      if (other != null) {
        throw new FormationException(
            ExitCode.CONFIG,
            "%s and %s are both called \"%s\"; database and roles are named after it, so rename one"
                .formatted(other, member.directory(), member.name()));
      }
    }
  }
}
