package dev.manyfactor.prover;

import dev.manyfactor.factors.Requirement;
import dev.manyfactor.prover.outcome.Result;
import java.time.Duration;

/// What a run tells while it goes on.
public sealed interface Progress {
  /// A step before the first trial: building, starting PostgreSQL, migrating.
  record Preparing(String what) implements Progress {}

  /// A line of the build's output.
  record BuildOutput(Duration elapsed, String line) implements Progress {}

  /// Everything is ready for the first trial.
  ///
  /// @param requirements how many will be decided
  record Prepared(int requirements) implements Progress {}

  /// A trial begins.
  ///
  /// @param number of this trial, from 1
  /// @param of how many trials the requirement takes
  /// @param left how many requirements are not decided yet, this one included
  record Trying(Requirement requirement, String trial, int number, int of, int left)
      implements Progress {}

  /// A requirement is decided.
  ///
  /// @param left how many are not decided yet
  record Decided(Result result, int left) implements Progress {}
}
