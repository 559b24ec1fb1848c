package dev.manyfactor.chaos.sweep;

import java.util.List;

/// What came of a cell.
public sealed interface Verdict {
  /// Everything came out as it must.
  record Held() implements Verdict {}

  /// It did not.
  ///
  /// @param seen what was seen instead
  record Violated(List<String> seen) implements Verdict {
    /// Copies what was seen.
    public Violated {
      seen = List.copyOf(seen);
    }
  }

  /// The message did not come, however often it was tried.
  ///
  /// @param why what came instead
  record Missed(String why) implements Verdict {}

  /// Held, if nothing was seen.
  static Verdict of(List<String> seen) {
    return seen.isEmpty() ? new Held() : new Violated(seen);
  }
}
