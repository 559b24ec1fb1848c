package dev.manyfactor.prover;

import dev.manyfactor.formation.Manifest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// How a run is to be made.
///
/// @param directory the folder of the service
/// @param fast whether to make fewer trials
/// @param seed decides every choice that is left to chance
/// @param limit after how long what is left is not proven, for want of time
/// @param samples requests that show the service at work, where its manifest has none
public record ProverSettings(
    Path directory,
    Choice choice,
    boolean fast,
    long seed,
    Duration limit,
    List<Manifest.Sample> samples) {
  /// Copies what could change.
  public ProverSettings {
    samples = List.copyOf(samples);
  }
}
