package dev.manyfactor.formation;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/// What a formation takes from the process it runs in.
///
/// @param environment the variables of the calling shell
/// @param clock tells the time
/// @param nanos measures durations
public record Surroundings(
    Map<String, String> environment, InstantSource clock, LongSupplier nanos) {
  /// Copies the environment.
  public Surroundings {
    environment = Map.copyOf(environment);
  }

  /// A variable of this JVM's environment, empty if it is not set or blank.
  static Optional<String> variable(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
  }

  /// Those of this JVM.
  public static Surroundings ofProcess() {
    return new Surroundings(System.getenv(), InstantSource.system(), System::nanoTime);
  }
}
