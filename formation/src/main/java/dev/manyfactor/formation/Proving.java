package dev.manyfactor.formation;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a manifest says for the prover alone; every statement in it is itself tested.
///
/// @param variables those that the manifest lists
/// @param schema a command that prints the JSON Schema of the variables, instead of a list
/// @param deadlines what the service promises of its time
/// @param info the path on which the running artifact names its commit; empty: the usual ones are
///   tried
/// @param waivers requirements that somebody answers for
/// @param taskChanges the tables that each run of a task may change, by its name
public record Proving(
    List<Variable> variables,
    Optional<Command> schema,
    Deadlines deadlines,
    Optional<String> info,
    List<Waiver> waivers,
    Map<String, Set<String>> taskChanges) {
  /// A manifest that says nothing of it.
  public static final Proving NOTHING =
      new Proving(
          List.of(), Optional.empty(), Deadlines.DEFAULT, Optional.empty(), List.of(), Map.of());

  /// Copies what could change.
  public Proving {
    variables = List.copyOf(variables);
    waivers = List.copyOf(waivers);
    taskChanges = Map.copyOf(taskChanges);
  }

  /// The tables that each run of a task may change, with or without their schema.
  public Set<String> changes(String task) {
    return taskChanges.getOrDefault(task, Set.of());
  }

  /// What a service promises of its time.
  ///
  /// @param ready from the start until it is ready
  /// @param response from a request to its whole answer, whatever its dependencies do
  /// @param stop from SIGTERM to the end
  /// @param recovery from the moment a dependency is back until the service is
  public record Deadlines(Duration ready, Duration response, Duration stop, Duration recovery) {
    /// Ten seconds each for readiness and a response, thirty each for a stop and for recovery.
    public static final Deadlines DEFAULT =
        new Deadlines(
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30));
  }

  /// Somebody answers for a requirement that does not hold.
  ///
  /// @param until the last day
  public record Waiver(String requirement, String reason, String owner, LocalDate until) {}
}
