package dev.manyfactor.formation;

import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;

/// What to start, and how patiently.
///
/// @param directory the folder of the service that is asked for
/// @param port where its serving process listens; empty: where its manifest says
/// @param scale how many instances of each process type
/// @param patience how long each wait may take
public record FormationSettings(Path directory, OptionalInt port, Scale scale, Patience patience) {
  /// Makes the folder absolute.
  public FormationSettings {
    directory = directory.toAbsolutePath().normalize();
  }

  /// The service in `directory`, as its manifest says.
  public static FormationSettings of(Path directory) {
    return new FormationSettings(
        directory, OptionalInt.empty(), Scale.ONE_OF_EACH, Patience.DEFAULT);
  }

  /// The bounds of the waits of a formation.
  ///
  /// @param build a build
  /// @param release a release step, for example a migration
  /// @param ready from the start of a process until it is ready
  /// @param stop from asking a process to end until it is killed; longer than a service's own
  ///   `SHUTDOWN_GRACE` of 30 s
  /// @param restarts how patiently a process that ends by itself is started again
  public record Patience(
      Duration build, Duration release, Duration ready, Duration stop, Restarts restarts) {
    /// Half an hour, ten minutes, one minute, 35 seconds.
    public static final Patience DEFAULT =
        new Patience(
            Duration.ofMinutes(30),
            Duration.ofMinutes(10),
            Duration.ofMinutes(1),
            Duration.ofSeconds(35),
            Restarts.DEFAULT);
  }
}
