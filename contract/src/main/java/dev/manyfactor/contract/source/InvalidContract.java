package dev.manyfactor.contract.source;

import java.util.List;

/// A contract from which no code can be made, with everything that is wrong with it.
///
/// The message shows all of it where a person can read it, else the first of each kind and how many
/// there are.
public final class InvalidContract extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /// @param problems at least one, in the order of their lines
  public InvalidContract(List<Problem> problems) {
    super(new Summary(problems).text());
    this.problems = List.copyOf(problems);
  }

  /// Everything that is wrong, in the order of the lines.
  public List<Problem> problems() {
    return problems;
  }
}
