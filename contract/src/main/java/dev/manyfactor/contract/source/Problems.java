package dev.manyfactor.contract.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Collects what is wrong with one contract, so that all of it is told at once. For one thread.
///
/// A contract may be several files. Their lines count on from one file to the next, so that a line
/// alone tells the file; only what is told to people counts from 1 in each.
public final class Problems {
  /// A file, and how many lines the ones before it have.
  private record Part(String file, int before) {}

  private record Found(int line, String message) {}

  private final List<Part> parts = new ArrayList<>();
  private final Set<Found> found = new LinkedHashSet<>();
  private int lines;

  /// @param file the contract, as the build shall show it
  public Problems(String file) {
    parts.add(new Part(file, 0));
  }

  /// Takes in the text of the first file, or, where that is in already, of one more.
  ///
  /// @param file as the build shall show it
  /// @return how many lines come before those of the text
  public int begin(String file, String text) {
    int before = lines;
    if (before > 0) {
      parts.add(new Part(file, before));
    }
    lines += (int) text.lines().count() + 1; // an error may be at the end of the text
    return before;
  }

  /// Adds one; the same at the same line counts once, since a component is read where it is used.
  public void add(int line, String message) {
    found.add(new Found(line, message));
  }

  /// How a message at `line` says where `other` is: `line 7`, with the file if it is another one.
  public String place(int line, int other) {
    Part part = part(other);
    String number = "line " + (other - part.before());
    return part(line).equals(part) ? number : number + " of " + part.file();
  }

  /// All of them, file by file, in the order of the lines.
  public List<Problem> all() {
    return found.stream()
        .sorted(Comparator.comparingInt(Found::line))
        .map(problem -> {
          Part part = part(problem.line());
          return new Problem(part.file(), problem.line() - part.before(), problem.message());
        })
        .toList();
  }

  /// Does nothing if there is none.
  ///
  /// @throws InvalidContract with all of them
  public void throwIfAny() throws InvalidContract {
    if (!found.isEmpty()) {
      throw new InvalidContract(all());
    }
  }

  private Part part(int line) {
    return parts.reversed().stream()
        .filter(part -> part.before() < line)
        .findFirst()
        .orElse(parts.getFirst());
  }
}
