package dev.manyfactor.prover.outcome;

import java.util.Optional;

/// What became of one requirement.
///
/// None can be made without what it rests on: a pass refuses too few trials, a trial that did not
/// survive and a control that did not hold; a failure refuses to have no counter-example.
public sealed interface Outcome {
  /// The counter-example was looked for often enough, every control held, and it did not appear.
  record Pass(Evidence evidence) implements Outcome {
    /// Refuses evidence that proves nothing.
    public Pass {
      if (evidence.survived() < evidence.minimum()
          || evidence.survived() < evidence.trials().size()
          || evidence.undecided().isPresent()) {
        throw new IllegalArgumentException(
            "a pass takes %d survived trials with every control, and no other"
                .formatted(evidence.minimum()));
      }
    }
  }

  /// There is a counter-example.
  record Fail(Evidence evidence) implements Outcome {
    /// Refuses evidence without a counter-example.
    public Fail {
      if (evidence.broken().isEmpty()) {
        throw new IllegalArgumentException("a failure takes a counter-example");
      }
    }

    /// The first trial that shows it.
    public TrialRecord shownBy() {
      return evidence.broken().orElseThrow();
    }

    /// What happened, in one sentence.
    public String counterExample() {
      return ((Finding.Broken) shownBy().finding()).counterExample();
    }
  }

  /// It could not be told.
  ///
  /// @param why what was missing, and where there is one the remedy
  record NotProven(Reason reason, String why, Evidence evidence) implements Outcome {
    /// Refuses to say nothing.
    public NotProven {
      Texts.require(why, "why it is not proven");
    }
  }

  /// It does not concern this service.
  ///
  /// @param observation what was seen that says so
  record NotApplicable(String observation) implements Outcome {
    /// Refuses a mere claim.
    public NotApplicable {
      Texts.require(observation, "the observation that makes it not applicable");
    }
  }

  /// Somebody answers for it that it does not hold; not a pass.
  ///
  /// @param hidden what it would be without the waiver
  record Waived(Waiver waiver, Outcome hidden) implements Outcome {
    /// Refuses to hide anything but what would be in the exit code.
    public Waived {
      if (!(hidden instanceof Fail || hidden instanceof NotProven)) {
        throw new IllegalArgumentException("only a failure, or what is not proven, can be waived");
      }
    }
  }

  /// The prover itself failed.
  ///
  /// @param what what failed
  record HarnessError(String what) implements Outcome {
    /// Refuses to say nothing.
    public HarnessError {
      Texts.require(what, "what failed");
    }
  }

  /// What evidence shows: false beats unknown, unknown beats true.
  static Outcome of(Evidence evidence) {
    Optional<Finding.Undecided> undecided = evidence.undecided();
    if (evidence.broken().isPresent() && isReached(evidence.broken().get(), evidence)) {
      return new Fail(evidence);
    }
    if (undecided.isPresent()) {
      return new NotProven(undecided.get().reason(), undecided.get().why(), evidence);
    }
    if (evidence.survived() < evidence.minimum()) {
      return new NotProven(
          Reason.OUT_OF_BUDGET,
          "%d of at least %d trials were made".formatted(evidence.survived(), evidence.minimum()),
          evidence);
    }
    return new Pass(evidence);
  }

  private static boolean isReached(TrialRecord broken, Evidence evidence) {
    return evidence.required().stream()
        .allMatch(
            control -> control == Control.RECOVERED || broken.controls().containsKey(control));
  }

  /// As reports write it: `PASS`, `FAIL`, `NOT_PROVEN`, `NOT_APPLICABLE`, `WAIVED`, `ERROR`.
  default Verdict verdict() {
    return switch (this) {
      case Pass _ -> Verdict.PASS;
      case Fail _ -> Verdict.FAIL;
      case NotProven _ -> Verdict.NOT_PROVEN;
      case NotApplicable _ -> Verdict.NOT_APPLICABLE;
      case Waived _ -> Verdict.WAIVED;
      case HarnessError _ -> Verdict.ERROR;
    };
  }
}
