package dev.manyfactor.contract.source;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Collects what is wrong with one contract, so that all of it is told at once. For one thread.
public final class Problems {
  private final String file;
  private final Set<Problem> found = new LinkedHashSet<>();

  /// @param file the contract, as the build shall show it
  public Problems(String file) {
    this.file = file;
  }

  /// Adds one; the same at the same line counts once, since a component is read where it is used.
  public void add(int line, String message) {
    found.add(new Problem(file, line, message));
  }

  /// All of them, in the order of the lines.
  public List<Problem> all() {
    return found.stream().sorted(Comparator.comparingInt(Problem::line)).toList();
  }

  /// Does nothing if there is none.
  ///
  /// @throws InvalidContract with all of them
  public void throwIfAny() throws InvalidContract {
    if (!found.isEmpty()) {
      throw new InvalidContract(all());
    }
  }
}
