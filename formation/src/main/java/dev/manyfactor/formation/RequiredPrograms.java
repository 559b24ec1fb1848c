package dev.manyfactor.formation;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whether the programs that the services start are on this machine: asked before any of them
/// starts, so that a missing `node` is named instead of what a shell says of it.
public final class RequiredPrograms {

  /// Which Debian package brings a program; for others no package is named.
  private static final Map<String, String> PACKAGES =
      Map.ofEntries(
          Map.entry("node", "nodejs"),
          Map.entry("npm", "npm"),
          Map.entry("npx", "npm"),
          Map.entry("python3", "python3"),
          Map.entry("python", "python-is-python3"),
          Map.entry("pip3", "python3-pip"),
          Map.entry("gunicorn", "gunicorn"),
          Map.entry("uvicorn", "uvicorn"),
          Map.entry("flask", "python3-flask"),
          Map.entry("celery", "python3-celery"),
          Map.entry("ruby", "ruby"),
          Map.entry("bundle", "ruby-bundler"),
          Map.entry("php", "php-cli"),
          Map.entry("perl", "perl"),
          Map.entry("go", "golang-go"),
          Map.entry("make", "make"));

  private RequiredPrograms() {}

  /// Fails with all that are missing for the processes and release steps of the services.
  ///
  /// @param shell the variables of whoever called mf
  /// @throws FormationException 69, naming for each the Debian package that brings it, if known
  public static void check(List<Manifest> services, Map<String, String> shell) {
    List<String> missing = new ArrayList<>();
    for (Manifest service : services) {
      Map<String, String> environment = Wiring.environment(service, shell, List.of());
      Manifest.Programs programs = service.programs();
      for (ProcessType type : programs.processes()) {
        missing(service, environment, type.name(), type.command()).ifPresent(missing::add);
      }
      programs
          .release()
          .flatMap(task ->
              programs.task(task).flatMap(command -> missing(service, environment, task, command)))
          .ifPresent(missing::add);
    }
    throwIfAny(missing);
  }

  private static void throwIfAny(List<String> missing) {
    if (missing.size() == 1) {
      throw new FormationException(ExitCode.UNAVAILABLE, missing.getFirst());
    }
    if (!missing.isEmpty()) {
      throw new FormationException(
          ExitCode.UNAVAILABLE.number(),
          "%d programs are missing; install them and start again".formatted(missing.size()),
          missing);
    }
  }

  private static Optional<String> missing(
      Manifest service, Map<String, String> environment, String name, Command command) {
    return command
        .program()
        .filter(program -> !isThere(service, environment, program))
        .map(program -> "%s.%s %s".formatted(service.name(), name, wrong(service, program)));
  }

  private static boolean isThere(
      Manifest service, Map<String, String> environment, String program) {
    return program.contains("/")
        ? Files.isExecutable(service.directory().resolve(program))
        : !Wiring.located(List.of(program), environment).getFirst().equals(program);
  }

  private static String wrong(Manifest service, String program) {
    return program.contains("/")
        ? "starts %s, which is not an executable file; build it, or correct the command"
            .formatted(service.directory().resolve(program).normalize())
        : "needs the program \"%s\", which is not on the PATH; install it%s, or correct the command"
            .formatted(
                program,
                Optional.ofNullable(PACKAGES.get(program))
                    .map(" (Debian: apt-get install %s)"::formatted)
                    .orElse(""));
  }
}
