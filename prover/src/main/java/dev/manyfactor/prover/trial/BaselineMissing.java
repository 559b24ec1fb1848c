package dev.manyfactor.prover.trial;

/// Thrown in a trial when the service does not work before anything is done to it: control C0.
///
/// The harness makes it an undecided finding; a rule need not catch it.
public final class BaselineMissing extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String why;

  /// Says what did not work.
  public BaselineMissing(String why) {
    super(why);
    this.why = why;
  }

  /// What did not work.
  public String why() {
    return why;
  }
}
