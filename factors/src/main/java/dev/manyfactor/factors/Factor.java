package dev.manyfactor.factors;

import java.util.List;

/// One of the 23 factors of a modern service; the first twelve are those of the Twelve-Factor App.
public enum Factor {
  /// One codebase, many deploys.
  CODEBASE(1);

  private final int number;

  Factor(int number) {
    this.number = number;
  }

  /// 1 to 23.
  public int number() {
    return number;
  }

  /// What it is called on a screen.
  public String title() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /// Its requirements, in the order of their ids.
  public List<Requirement> requirements() {
    return List.of();
  }
}
