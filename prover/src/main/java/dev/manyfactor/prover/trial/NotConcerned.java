package dev.manyfactor.prover.trial;

/// Thrown in a trial that shows that the requirement does not concern the service, where that can
/// be told only by starting it.
///
/// The harness makes the requirement not applicable; a rule need not catch it.
public final class NotConcerned extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String observation;

  /// Says what was seen that says so.
  public NotConcerned(String observation) {
    super(observation);
    this.observation = observation;
  }

  /// What was seen.
  public String observation() {
    return observation;
  }
}
