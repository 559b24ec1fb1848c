package dev.manyfactor.chaos.loop;

import java.time.Duration;
import java.util.Optional;

/// A fault that has been.
///
/// @param at when it began, since the first
/// @param hit whether there was something to hit: a living process, open connections
/// @param seen what it hit
/// @param recovery from its beginning to the next success of a request that was sent after it;
///   empty if there was none
public record Strike(
    Fault fault, Duration at, boolean hit, String seen, Optional<Duration> recovery) {}
