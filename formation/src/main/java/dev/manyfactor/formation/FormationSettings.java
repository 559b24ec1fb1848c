package dev.manyfactor.formation;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// What to start, and how patiently.
///
/// @param directory the folder of the service that is asked for
/// @param shape which of its processes run, and where
/// @param data where its databases are, and whether they begin empty
/// @param patience how long each wait may take
public record FormationSettings(Path directory, Shape shape, Data data, Patience patience) {
  /// Makes the folder absolute.
  public FormationSettings {
    directory = directory.toAbsolutePath().normalize();
  }

  /// The service in `directory`, as its manifest says.
  public static FormationSettings of(Path directory) {
    return new FormationSettings(directory, Shape.AS_DECLARED, Data.KEPT, Patience.DEFAULT);
  }

  /// Which processes run, and where.
  ///
  /// @param port where the first serving process of the service asked for listens; empty: where its
  ///   manifest says
  /// @param only the process types to start, each `web` of the service asked for or `cards.web` of
  ///   another one; none: all
  /// @param scale how many instances of each process type
  public record Shape(OptionalInt port, Set<String> only, Scale scale) {
    /// One of each process, where the manifests say.
    public static final Shape AS_DECLARED =
        new Shape(OptionalInt.empty(), Set.of(), Scale.ONE_OF_EACH);

    /// Copies the names.
    public Shape {
      only = Collections.unmodifiableSet(new LinkedHashSet<>(only)); // keeps the order
    }
  }

  /// Where the databases are.
  ///
  /// @param fresh whether what earlier formations kept is removed first
  /// @param server the PostgreSQL to use; empty: one of the formation's own
  public record Data(boolean fresh, Optional<DatabaseServer> server) {
    /// Those of the earlier formations in the same folder, on servers of their own.
    public static final Data KEPT = new Data(false, Optional.empty());
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
