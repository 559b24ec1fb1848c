package dev.manyfactor.chaos.sweep;

import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;

/// What is swept.
///
/// @param directory the folder of the service
/// @param choice which cells
/// @param lanes how many formations work at once, 1 to 8; each has its own database
public record SweepSettings(Path directory, Choice choice, int lanes) {
  private static final int MOST_LANES = 8;

  /// Refuses a number of lanes that no machine has room for.
  public SweepSettings {
    directory = directory.toAbsolutePath().normalize();
    if (lanes < 1 || lanes > MOST_LANES) {
      throw new IllegalArgumentException("lanes must be 1 to 8, but is " + lanes);
    }
  }

  /// Which cells.
  ///
  /// @param sample how many, spread over all subjects; empty: all
  /// @param seed decides which ones a sample has
  /// @param only the names of operations, jobs and schedules; none: all
  /// @param cells which of their cells
  public record Choice(OptionalInt sample, long seed, Set<String> only, Predicate<Cell> cells) {
    /// Copies the names.
    public Choice {
      only = Set.copyOf(only);
    }

    boolean takes(String subject) {
      return only.isEmpty() || only.contains(subject);
    }

    boolean takes(Cell cell) {
      return cells.test(cell);
    }
  }
}
