package dev.manyfactor.chaos.loop;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// What is broken, for how long, under which load.
///
/// @param directory the folder of the service
/// @param length how long the faults go on; what follows until rest comes on top
/// @param seed decides the plan of faults
/// @param load who asks, and of how many processes
/// @param pace how quickly one fault follows another
public record LoopSettings(Path directory, Duration length, long seed, Load load, Plan.Pace pace) {

  /// Who asks whom.
  ///
  /// @param clients how many ask at the same time, each one thing after the other
  /// @param pause between two requests of one client, at most
  /// @param scale how many instances of each process type run, for example `web=2`
  public record Load(int clients, Duration pause, List<String> scale) {
    /// Copies the scale.
    public Load {
      scale = List.copyOf(scale);
    }
  }
}
