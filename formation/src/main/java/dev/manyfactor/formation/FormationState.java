package dev.manyfactor.formation;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What runs: kept in `.manyfactor/formation.json` while it does, readable by its owner only.
///
/// @param id a random mark that every process of the formation carries in `MANYFACTOR_FORMATION`
/// @param directory the folder of the service that was asked for
/// @param supervisor the process that holds it all together
/// @param ready whether everything has become ready
/// @param issuer the local issuer; empty if no service needs one
/// @param services each service, dependencies first; the last is the one that was asked for
public record FormationState(
    String id,
    Path directory,
    Running supervisor,
    boolean ready,
    Optional<IssuerAccess> issuer,
    List<ServiceState> services) {
  /// The variable that marks the processes of a formation.
  public static final String MARK = "MANYFACTOR_FORMATION";

  /// Copies the services.
  public FormationState {
    services = List.copyOf(services);
  }

  /// The service in a folder, if it is part of this formation.
  public Optional<ServiceState> service(Path folder) {
    return services.stream()
        .filter(service -> service.directory().equals(folder.toAbsolutePath().normalize()))
        .findFirst();
  }

  /// The service that was asked for.
  public ServiceState main() {
    return services.getLast();
  }

  /// A process, so described that it can be told from a later one with the same number.
  ///
  /// @param startedAt milliseconds since 1970
  public record Running(long pid, long startedAt) {
    static Running of(ProcessHandle process) {
      ProcessIdentity identity = ProcessIdentity.of(process);
      return new Running(identity.pid(), identity.startedAt().toEpochMilli());
    }

    ProcessIdentity identity() {
      return new ProcessIdentity(pid, Instant.ofEpochMilli(startedAt));
    }

    /// Whether this very process still runs.
    public boolean isAlive() {
      return identity().living().isPresent();
    }
  }

  /// How a developer gets tokens.
  public record IssuerAccess(URI url, String clientId, String clientSecret) {
    /// Without the secret.
    @Override
    public String toString() {
      return "IssuerAccess[" + url + "]";
    }
  }

  /// One service of a formation.
  ///
  /// @param address where it is called, if it serves: its process, or the router in front of
  ///   several
  /// @param environment what the formation sets for its processes and tasks; holds secrets
  /// @param releaseEnvironment what its release step gets beside
  public record ServiceState(
      String name,
      Path directory,
      Optional<URI> address,
      List<ProcessState> processes,
      Map<String, String> environment,
      Map<String, String> releaseEnvironment) {
    /// Copies what could change.
    public ServiceState {
      processes = List.copyOf(processes);
      environment = Map.copyOf(environment);
      releaseEnvironment = Map.copyOf(releaseEnvironment);
    }

    /// Without the environment.
    @Override
    public String toString() {
      return "ServiceState[" + name + ", " + processes + "]";
    }
  }

  /// One process of a service.
  ///
  /// @param name with its service, for example `payments.web` or `payments.web.2`
  /// @param address where it serves, if it does
  /// @param management where its probes and metrics are; empty for a process that is not asked
  ///   there whether it is ready
  public record ProcessState(
      String name, Running process, Optional<URI> address, Optional<URI> management) {}
}
