package dev.manyfactor.formation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a person should know of how the tool takes a service: what it infers from a `Procfile`,
/// which of two files counts, which file does not.
final class Notes {
  private Notes() {}

  /// The notes on one service, usually none.
  static List<String> on(Manifest service) {
    Path folder = service.directory();
    boolean declared = Files.exists(folder.resolve(Manifest.FILE));
    List<String> notes = new ArrayList<>();
    if (!declared) {
      notes.add(inferred(service));
      notes.add(
          "its Procfile names no dependencies, so there is no database and no issuer; declare them in a %s beside it"
              .formatted(Manifest.FILE));
    } else if (Procfile.isIn(folder)) {
      compared(service, folder).ifPresent(notes::add);
    }
    if (!declared && Files.exists(folder.resolve(".env"))) {
      notes.add(
          "its .env is not read: settings come from the shell, for example `set -a; . ./.env; set +a` before mf up");
    }
    return notes;
  }

  /// What of the calling shell does not reach the service asked for although its user may think so.
  ///
  /// @param shell the variables of whoever called mf
  /// @param isPlaced whether an option says where it listens
  static List<String> onShell(Manifest service, Map<String, String> shell, boolean isPlaced) {
    List<String> notes = new ArrayList<>();
    String port = shell.get("PORT");
    if (port != null && !isPlaced) {
      notes.add(
          "PORT of the shell is not passed on; say where it listens with --port "
              + (port.matches("[0-9]{1,5}") ? port : "N"));
    }
    if (shell.containsKey("DATABASE_URL")
        && service.dependencies(Dependency.Postgres.class).isEmpty()) {
      notes.add(
          "DATABASE_URL of the shell is not passed on; declare a dependency of kind postgres in "
              + Manifest.FILE);
    }
    return notes;
  }

  private static String inferred(Manifest service) {
    return "from its Procfile: "
        + service.programs().processes().stream()
            .map(Notes::shown)
            .collect(Collectors.joining("; "))
        + service.programs().release().map(_ -> "; release runs before them").orElse("");
  }

  private static String shown(ProcessType type) {
    return type.listens()
        .map(listens ->
            "%s serves on %s (%d unless said otherwise) and is ready when that accepts a connection"
                .formatted(type.name(), listens.variable(), listens.port()))
        .orElse(type.name() + " is ready once it has started");
  }

  /// How the two files of a service differ, if they do.
  private static Optional<String> compared(Manifest service, Path folder) {
    Map<String, String> manifest = commands(service);
    Map<String, String> procfile;
    try {
      procfile = commands(Procfile.read(folder).manifest());
    } catch (FormationException broken) {
      return Optional.of(
          "its %s counts; the Procfile beside it cannot be read: %s"
              .formatted(Manifest.FILE, String.join("; ", broken.evidence())));
    }
    Set<String> names = new TreeSet<>(manifest.keySet());
    names.addAll(procfile.keySet());
    String differences =
        names.stream()
            .filter(name ->
                !Optional.ofNullable(manifest.get(name))
                    .equals(Optional.ofNullable(procfile.get(name))))
            .map(name ->
                "%s is %s, in the Procfile %s"
                    .formatted(name, quoted(manifest.get(name)), quoted(procfile.get(name))))
            .collect(Collectors.joining("; "));
    return differences.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "its %s counts, and the Procfile differs: %s".formatted(Manifest.FILE, differences));
  }

  private static String quoted(@Nullable String command) {
    return command == null ? "missing" : "`" + command + "`";
  }

  private static Map<String, String> commands(Manifest service) {
    Map<String, String> commands = new LinkedHashMap<>();
    Manifest.Programs programs = service.programs();
    programs.processes().forEach(type -> commands.put(type.name(), type.command().line()));
    programs
        .release()
        .flatMap(programs::task)
        .ifPresent(command -> commands.put(Procfile.RELEASE, command.line()));
    return commands;
  }
}
