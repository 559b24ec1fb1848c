package dev.manyfactor.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Finds the name that was probably meant by another.
final class Spelling {
  private Spelling() {}

  /// The candidate nearest to `name`, if at most a quarter of it differs (and always one letter).
  static Optional<String> nearest(String name, Collection<String> candidates) {
    int tolerance = Math.max(1, name.length() / 4);
    return candidates.stream()
        .filter(candidate -> Math.abs(candidate.length() - name.length()) <= tolerance)
        .filter(candidate -> distance(name, candidate) <= tolerance)
        .min(
            Comparator.<String>comparingInt(candidate -> distance(name, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  /// How many letters must be added, dropped, changed or swapped with their neighbour to make one
  /// of the other (optimal string alignment distance).
  static int distance(String from, String to) {
    int[][] cost = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        int oneLetter = Math.min(cost[i - 1][j], cost[i][j - 1]) + 1;
        cost[i][j] = Math.min(oneLetter, cost[i - 1][j - 1] + change);
        if (isSwap(from, i, to, j)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[from.length()][to.length()];
  }

  /// Whether the last two of the first `i` letters are the last two of the first `j`, swapped.
  private static boolean isSwap(String from, int i, String to, int j) {
    return i > 1
        && j > 1
        && from.charAt(i - 1) == to.charAt(j - 2)
        && from.charAt(i - 2) == to.charAt(j - 1);
  }
}
