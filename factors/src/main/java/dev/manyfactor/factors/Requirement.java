package dev.manyfactor.factors;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// One thing that a service must, or should, do, and how it is seen from outside.
///
/// Texts are whole sentences without markup, so that a terminal and a page show the same.
///
/// @param id for example `09-2`; once released it never changes its meaning
/// @param sentence what holds, in one sentence
/// @param observation how it is seen from outside the process
/// @param evidence what is shown for it
/// @param guard which false positive is guarded against, and how
/// @param remedy what to do where it does not hold, in one or two sentences
public record Requirement(
    String id,
    Factor factor,
    Level level,
    String sentence,
    String observation,
    String evidence,
    String guard,
    String remedy) {

  /// The requirement of that id, if there is one.
  public static Optional<Requirement> of(String id) {
    return all().stream().filter(requirement -> requirement.id().equals(id)).findFirst();
  }

  /// Every requirement, in the order of their ids.
  public static List<Requirement> all() {
    return Arrays.stream(Factor.values())
        .flatMap(factor -> factor.requirements().stream())
        .toList();
  }

  /// Orders requirements by which to mend first: by their factors, then by their ids.
  public static Comparator<Requirement> mendFirst() {
    return Comparator.comparing(Requirement::factor, Factor.mendFirst())
        .thenComparingInt(requirement -> Integer.parseInt(requirement.id().substring(3)));
  }

  /// Where the documentation tells of it, from the root of the repository.
  public String page() {
    return factor.page() + "#" + id;
  }
}
