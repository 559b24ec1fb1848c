package dev.manyfactor.prover.outcome;

import dev.manyfactor.factors.Requirement;
import java.time.Duration;

/// A requirement and what became of it.
///
/// @param took how long finding out took
/// @param reproduce the command that tries this one again
public record Result(Requirement requirement, Outcome outcome, Duration took, String reproduce) {}
