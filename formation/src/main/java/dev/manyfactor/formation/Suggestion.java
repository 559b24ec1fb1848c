package dev.manyfactor.formation;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// The known word that somebody may have meant.
public final class Suggestion {
  private Suggestion() {}

  /// `; did you mean "known"?`, or nothing when no known word is close.
  public static String didYouMean(String word, Collection<String> known) {
    return closest(word, known).map("; did you mean \"%s\"?"::formatted).orElse("");
  }

  /// The known word that is at most a third of its letters, and at least two, away.
  static Optional<String> closest(String word, Collection<String> known) {
    return known.stream()
        .filter(candidate -> distance(word, candidate) <= Math.max(2, candidate.length() / 3))
        .filter(candidate -> distance(word, candidate) < candidate.length())
        .min(
            Comparator.comparingInt((String candidate) -> distance(word, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  /// How many letters have to be put in, taken out or changed.
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int column = 0; column <= to.length(); column++) {
      row[column] = column;
    }
    for (int line = 1; line <= from.length(); line++) {
      int diagonal = row[0];
      row[0] = line;
      for (int column = 1; column <= to.length(); column++) {
        int change = diagonal + (from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1);
        diagonal = row[column];
        row[column] = Math.min(change, 1 + Math.min(row[column], row[column - 1]));
      }
    }
    return row[to.length()];
  }
}
