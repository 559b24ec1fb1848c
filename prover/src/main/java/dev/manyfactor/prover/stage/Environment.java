package dev.manyfactor.prover.stage;

import dev.manyfactor.formation.Dependency;
import dev.manyfactor.formation.Manifest;
import dev.manyfactor.formation.Variable;
import dev.manyfactor.formation.Wiring;
import dev.manyfactor.prover.trial.Subject;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Which variables a process of the service gets: what a machine has to give, what the manifest
/// declares, and nothing of the shell that called.
///
/// Safe on many threads.
final class Environment {
  /// What every process gets beside what is declared.
  static final Set<String> GRANTED =
      Set.of("PATH", "HOME", "TMPDIR", "LANG", "HOST", "MANAGEMENT_PORT", "DRAIN_DELAY");

  private static final String DRAIN_DELAY = "1s";

  private final Subject subject;
  private final String path;
  private final Secrets secrets;
  private final Map<String, String> canaries = new ConcurrentHashMap<>();

  /// @param shell the variables of whoever called; only its PATH is passed on
  Environment(Subject subject, Map<String, String> shell, Secrets secrets) {
    this.subject = subject;
    this.path = Wiring.path(shell);
    this.secrets = secrets;
  }

  /// What every process gets beside what is declared, where to listen included.
  Set<String> grants() {
    Set<String> grants = new HashSet<>(GRANTED);
    manifest().programs().processes().stream()
        .flatMap(type -> type.listens().stream())
        .forEach(listens -> grants.add(listens.variable()));
    return grants;
  }

  /// What is there before any dependency is.
  Map<String, String> base(Path scratch) {
    Map<String, String> base = new HashMap<>();
    base.put("PATH", path);
    base.put("HOME", scratch.toString());
    base.put("TMPDIR", scratch.toString());
    base.put("LANG", "C.UTF-8");
    base.put("HOST", "127.0.0.1");
    base.put("DRAIN_DELAY", DRAIN_DELAY);
    base.putAll(manifest().environment());
    subject.variables().stream()
        .filter(Variable::required)
        .filter(variable -> !isImplied(variable.name()))
        .forEach(variable -> base.putIfAbsent(variable.name(), value(variable)));
    subject.variables().stream()
        .filter(Variable::secret)
        .forEach(variable -> secrets.add(base.getOrDefault(variable.name(), "")));
    return base;
  }

  /// A value that works.
  private String value(Variable variable) {
    return variable
        .example()
        .orElseGet(() -> variable.secret() ? canary(variable) : plain(variable.kind()));
  }

  private String canary(Variable variable) {
    return canaries.computeIfAbsent(variable.name(), _ -> secrets.random());
  }

  private static String plain(Variable.Kind kind) {
    return switch (kind) {
      case TEXT -> "text";
      case NUMBER -> "10";
      case DURATION -> "5s";
      case URL -> "http://127.0.0.1:9";
      case BOOLEAN -> "true";
    };
  }

  /// Whether a dependency or the process itself brings it.
  private boolean isImplied(String name) {
    return grants().contains(name)
        || manifest().dependencies().stream().anyMatch(dependency -> brings(dependency, name));
  }

  private static boolean brings(Dependency dependency, String name) {
    return switch (dependency) {
      case Dependency.Postgres postgres ->
          name.equals(postgres.variable()) || name.equals(postgres.migrationVariable());
      case Dependency.Oidc _ -> name.equals("OIDC_ISSUER") || name.equals("OIDC_AUDIENCE");
      case Dependency.Service service ->
          name.equals(service.variable())
              || (service.access().isPresent()
                  && Set.of("CLIENT_ID", "CLIENT_SECRET", "SCOPE", "AUDIENCE")
                      .contains(name.replaceFirst("^" + service.prefix(), "")));
    };
  }

  private Manifest manifest() {
    return subject.manifest();
  }

  /// The audience that tokens for this service name.
  static String audience(Manifest manifest) {
    return manifest.dependencies(Dependency.Oidc.class).stream()
        .flatMap(oidc -> oidc.audience().stream())
        .findFirst()
        .orElse(manifest.name().toLowerCase(Locale.ROOT));
  }
}
