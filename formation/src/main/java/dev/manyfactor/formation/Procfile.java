package dev.manyfactor.formation;

import dev.manyfactor.formation.ProcessType.Listens;
import dev.manyfactor.formation.ProcessType.Readiness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The file `Procfile` of a service: a line `name: command` for each process type, as on Heroku.
///
/// A command means what it means to `sh -c`, `$PORT` and quotes included. `web`, and whatever
/// mentions `$PORT`, serves; it is ready once its port accepts a connection. `release` is the task
/// that runs to its end before the others start. Blank lines and lines that begin with `#` are
/// ignored; anything else is an error with its line.
///
/// @param folder where it lies
/// @param commands by process type, in the order of the file; at least one besides `release`
record Procfile(Path folder, Map<String, Command> commands) {
  /// The file's name.
  static final String FILE = "Procfile";

  /// The process type that is no process.
  static final String RELEASE = "release";

  private static final long SIZE_LIMIT = 64 * 1024;
  private static final Pattern LINE = Pattern.compile("\\s*([^\\s:]+)\\s*:(.*)");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,40}");
  private static final Pattern PORT = Pattern.compile("\\$(PORT\\b|\\{PORT\\b)");
  private static final int FIRST_PORT = 8080;
  private static final int BETWEEN_PORTS = 100;

  static boolean isIn(Path folder) {
    return Files.exists(folder.resolve(FILE));
  }

  /// Reads the file of a folder that has one; fails with every problem at once.
  static Procfile read(Path folder) {
    Path file = folder.resolve(FILE);
    ManifestProblems problems = new ManifestProblems(file);
    Map<String, Command> commands = parse(text(file), problems);
    if (commands.keySet().stream().allMatch(RELEASE::equals)) {
      problems.add(1, 1, "there is no process type; write a line like `web: node server.js`");
    }
    problems.throwIfAny();
    return new Procfile(folder, commands);
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > SIZE_LIMIT) {
        throw new FormationException(
            ExitCode.CONFIG,
            "%s is larger than 64 KiB; it has a line for each process type".formatted(file));
      }
      return Files.readString(file);
    } catch (IOException failure) {
      throw new FormationException(
          ExitCode.CONFIG,
          "cannot read %s: %s; it must be a text file in UTF-8 that you may read"
              .formatted(file, FormationException.reason(failure)));
    }
  }

  private static Map<String, Command> parse(String text, ManifestProblems problems) {
    Map<String, Command> commands = new LinkedHashMap<>();
    List<String> lines = text.lines().toList();
    for (int number = 1; number <= lines.size(); number++) {
      String line = lines.get(number - 1);
      if (line.isBlank() || line.strip().startsWith("#")) {
        continue;
      }
      Optional<String> wrong = read(line, commands);
      if (wrong.isPresent()) {
        problems.add(number, 1 + line.length() - line.stripLeading().length(), wrong.get());
      }
    }
    return commands;
  }

  /// Adds what a line says, or tells what is wrong with it.
  private static Optional<String> read(String line, Map<String, Command> commands) {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) {
      return Optional.of(
          "must be `name: command` on one line, for example `web: node server.js`, but is `%s`"
              .formatted(line.strip()));
    }
    String name = parts.group(1);
    if (!NAME.matcher(name).matches()) {
      return Optional.of(
          "a process type is letters, digits, \"_\" and \"-\", at most 40, but this one is \"%s\""
              .formatted(name));
    }
    if (parts.group(2).isBlank()) {
      return Optional.of(
          "\"%s\" has no command; write it on the same line, for example `%s: node %s.js`"
              .formatted(name, name, name));
    }
    return commands.putIfAbsent(name, new Command(parts.group(2))) == null
        ? Optional.empty()
        : Optional.of("the process type \"%s\" is given twice".formatted(name));
  }

  /// What the file alone says of the service: no build, no dependencies.
  Manifest manifest() {
    Map<String, Command> tasks = new LinkedHashMap<>();
    release().ifPresent(command -> tasks.put(RELEASE, command));
    return new Manifest(
        folder,
        new Manifest.Identity(serviceName(folder), Optional.empty(), Map.of()),
        Optional.empty(),
        new Manifest.Programs(processes(), tasks, Map.of(), release().map(_ -> RELEASE)),
        Optional.empty(),
        List.of(),
        List.of(),
        Map.of(),
        Proving.NOTHING,
        Chaos.NOTHING);
  }

  Optional<Command> release() {
    return Optional.ofNullable(commands.get(RELEASE));
  }

  List<ProcessType> processes() {
    List<ProcessType> processes = new ArrayList<>();
    int port = FIRST_PORT;
    for (Map.Entry<String, Command> entry : commands.entrySet()) {
      String name = entry.getKey();
      if (name.equals(RELEASE)) {
        continue;
      }
      if (name.equals("web") || PORT.matcher(entry.getValue().line()).find()) {
        Optional<Listens> listens = Optional.of(new Listens("PORT", port));
        processes.add(new ProcessType(name, entry.getValue(), listens, new Readiness.Port()));
        port += BETWEEN_PORTS;
      } else {
        processes.add(
            new ProcessType(name, entry.getValue(), Optional.empty(), new Readiness.None()));
      }
    }
    return processes;
  }

  /// The folder's name in the letters that a service's name may have.
  static String serviceName(Path folder) {
    String name =
        Optional.ofNullable(folder.getFileName())
            .map(Path::toString)
            .orElse("")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceFirst("^[^a-z]+", "");
    String cut = name.substring(0, Math.min(40, name.length())).replaceFirst("-$", "");
    return cut.isEmpty() ? "service" : cut;
  }
}
