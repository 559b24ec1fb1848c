package dev.manyfactor.prover.page;

import dev.manyfactor.prover.outcome.Verdict;

/// What a piece of a page is, for whoever gives it a colour.
public enum Tone {
  /// It is well.
  GOOD,
  /// It is not.
  BAD,
  /// It is to be looked at.
  DOUBTFUL,
  /// It matters less.
  FAINT,
  /// It is a heading.
  HEADING;

  /// That of an outcome.
  public static Tone of(Verdict verdict) {
    return switch (verdict) {
      case PASS -> GOOD;
      case FAIL, ERROR -> BAD;
      case NOT_PROVEN, WAIVED -> DOUBTFUL;
      case NOT_APPLICABLE -> FAINT;
    };
  }
}
