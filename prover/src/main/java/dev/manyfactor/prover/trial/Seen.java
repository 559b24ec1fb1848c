package dev.manyfactor.prover.trial;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/// What was seen of the service before anything was done to it.
///
/// @param answered what each sample was answered, in the order of the manifest
/// @param reached the names of the dependencies that it connected to meanwhile
/// @param start how long the process that serves took to become ready, at most
public record Seen(List<Exchange> answered, Set<String> reached, Duration start) {
  /// Nothing yet.
  public static final Seen NOTHING = new Seen(List.of(), Set.of(), Duration.ZERO);

  /// Copies what could change.
  public Seen {
    answered = List.copyOf(answered);
    reached = Set.copyOf(reached);
  }
}
