package dev.manyfactor.prover.observe;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A process to be started under observation.
///
/// @param name what it is called in transcripts: `web A`
/// @param command program and arguments; the program is looked for on the PATH of `environment`
/// @param directory where it runs
/// @param environment the whole of its environment
/// @param reach what it may write and where it may connect
public record Launch(
    String name,
    List<String> command,
    Path directory,
    Map<String, String> environment,
    Reach reach) {
  /// Copies what could change.
  public Launch {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /// What a process may touch beyond reading.
  ///
  /// @param scratch the folder that it may write to; all else is read-only
  /// @param connects the TCP ports it may connect to, and no other
  public record Reach(Path scratch, Set<Integer> connects) {
    /// Copies what could change.
    public Reach {
      connects = Set.copyOf(connects);
    }
  }
}
