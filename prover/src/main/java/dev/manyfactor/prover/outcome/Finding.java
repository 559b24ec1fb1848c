package dev.manyfactor.prover.outcome;

/// What one trial found.
public sealed interface Finding {
  /// The counter-example was looked for and did not appear.
  ///
  /// @param observation what was seen instead
  record Survived(String observation) implements Finding {
    /// Refuses to say nothing.
    public Survived {
      Texts.require(observation, "what was observed");
    }
  }

  /// The requirement does not hold.
  ///
  /// @param counterExample what happened, in one sentence: what was done, what was expected, what
  ///   came
  record Broken(String counterExample) implements Finding {
    /// Refuses to say nothing.
    public Broken {
      Texts.require(counterExample, "the counter-example");
    }
  }

  /// The trial could not tell.
  ///
  /// @param why what was missing, and where there is one the remedy
  record Undecided(Reason reason, String why) implements Finding {
    /// Refuses to say nothing.
    public Undecided {
      Texts.require(why, "why it is undecided");
    }
  }
}
