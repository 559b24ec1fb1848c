package dev.manyfactor.contract.source;

import java.util.List;
import java.util.stream.Collectors;

/// A contract from which no code can be made, with everything that is wrong with it.
public final class InvalidContract extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /// @param problems at least one, in the order of their lines
  public InvalidContract(List<Problem> problems) {
    super(
        problems.size()
            + (problems.size() == 1 ? " problem" : " problems")
            + " in the contract:\n"
            + problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /// Everything that is wrong, in the order of the lines.
  public List<Problem> problems() {
    return problems;
  }
}
