package dev.manyfactor.formation;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which variables a command of a formation gets.
///
/// Later wins: the manifest's own defaults, the calling shell, what the formation sets. What only a
/// formation may set is taken out of the shell's part, so that an address left over in a shell
/// never reaches a service by mistake.
public final class Wiring {
  private static final Set<String> ONLY_OURS =
      Set.of(
          "PORT",
          "HOST",
          "MANAGEMENT_PORT",
          "DATABASE_URL",
          "DATABASE_MIGRATION_URL",
          "OIDC_ISSUER",
          "OIDC_AUDIENCE",
          "PGPASSWORD", // of whoever administrates the server of --database
          FormationState.MARK);

  private Wiring() {}

  /// The whole environment of a process or task.
  ///
  /// @param shell the variables of whoever called mf
  /// @param set what the formation sets
  public static Map<String, String> environment(
      Manifest manifest, Map<String, String> shell, List<Map<String, String>> set) {
    Map<String, String> environment = new HashMap<>(manifest.environment());
    shell.forEach((name, value) -> {
      if (!ONLY_OURS.contains(name)) {
        environment.put(name, value);
      }
    });
    environment.putIfAbsent("DEPLOYMENT", "dev");
    environment.putIfAbsent("DRAIN_DELAY", "0s");
    environment.putIfAbsent("RESPONSE_CHECK", "true");
    set.forEach(environment::putAll);
    addRuntime(environment);
    return environment;
  }

  /// The path on which programs are looked for: the shell's, with the JDK that mf itself runs on
  /// first.
  public static String path(Map<String, String> shell) {
    return buildEnvironment(shell).getOrDefault("PATH", "");
  }

  /// A command whose program is looked for on the path that the command itself gets.
  ///
  /// The JDK looks on the path of the JVM instead, and would start another `java`.
  public static List<String> located(List<String> command, Map<String, String> environment) {
    String program = command.getFirst();
    if (program.contains("/")) {
      return command;
    }
    return Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, program))
        .filter(file -> Files.isExecutable(file) && !Files.isDirectory(file))
        .findFirst()
        .map(file -> {
          List<String> whole = new ArrayList<>(command);
          whole.set(0, file.toString());
          return List.copyOf(whole);
        })
        .orElse(command);
  }

  /// The environment of a build: the shell's, with the right JDK.
  static Map<String, String> buildEnvironment(Map<String, String> shell) {
    Map<String, String> environment = new HashMap<>(shell);
    addRuntime(environment);
    return environment;
  }

  /// The JDK that mf itself runs on, first on the path.
  private static void addRuntime(Map<String, String> environment) {
    Path home = Path.of(System.getProperty("java.home"));
    environment.put("JAVA_HOME", home.toString());
    environment.merge(
        "PATH",
        home.resolve("bin").toString(),
        (path, bin) -> path.startsWith(bin) ? path : bin + File.pathSeparator + path);
  }
}
