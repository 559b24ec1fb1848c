package dev.manyfactor.prover.trial;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How a process of the service is to be started, where it differs from the usual.
///
/// @param process the process type
/// @param label what it is called in transcripts: `web A`
/// @param with variables that are set beside, or instead of, the usual ones
/// @param without variables that are not set
/// @param port where it is told to listen; empty for any free port
/// @param database whose address it gets; empty for that of the scene
/// @param shares whether its scratch folder is the one of all processes of the scene that share, as
///   on one host, instead of one of its own
public record Start(
    String process,
    String label,
    Map<String, String> with,
    Set<String> without,
    Optional<Integer> port,
    Optional<Database> database,
    boolean shares) {
  /// Copies what could change.
  public Start {
    with = Map.copyOf(with);
    without = Set.copyOf(without);
  }

  /// As always.
  public static Start of(String process) {
    return new Start(
        process, process, Map.of(), Set.of(), Optional.empty(), Optional.empty(), false);
  }

  /// Under this name in transcripts.
  public Start as(String name) {
    return new Start(process, name, with, without, port, database, shares);
  }

  /// With a variable, also if it was to be left out before.
  public Start with(String variable, String value) {
    Map<String, String> more = new HashMap<>(with);
    more.put(variable, value);
    Set<String> less = new HashSet<>(without);
    less.remove(variable);
    return new Start(process, label, more, less, port, database, shares);
  }

  /// Without a variable.
  public Start without(String variable) {
    Set<String> more = new HashSet<>(without);
    more.add(variable);
    return new Start(process, label, with, more, port, database, shares);
  }

  /// On this port.
  public Start on(int number) {
    return new Start(process, label, with, without, Optional.of(number), database, shares);
  }

  /// With this database instead of the scene's.
  public Start over(Database other) {
    return new Start(process, label, with, without, port, Optional.of(other), shares);
  }

  /// In the scratch folder of all that share, so that they see each other's files.
  public Start sharing() {
    return new Start(process, label, with, without, port, database, true);
  }
}
