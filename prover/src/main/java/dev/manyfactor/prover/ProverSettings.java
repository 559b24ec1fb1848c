package dev.manyfactor.prover;

import java.nio.file.Path;
import java.time.Duration;

/// How a run is to be made.
///
/// @param directory the folder of the service
/// @param fast whether to make fewer trials
/// @param seed decides every choice that is left to chance
/// @param limit after how long what is left is not proven, for want of time
public record ProverSettings(
    Path directory, Choice choice, boolean fast, long seed, Duration limit) {}
