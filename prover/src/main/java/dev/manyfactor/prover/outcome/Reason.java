package dev.manyfactor.prover.outcome;

/// Why something is not proven.
public enum Reason {
  /// The service, or the fault, did not get to where the question could be asked.
  UNREACHED("unreached"),
  /// This machine, or what is known of the service, cannot answer it.
  UNSUPPORTED("unsupported"),
  /// No sample in the manifest asks for what would have to be seen.
  NO_PROBE_OPERATION("no probe operation"),
  /// The measurements lie on both sides of the limit.
  NOISY("noisy"),
  /// Time or memory ran out.
  OUT_OF_BUDGET("out of budget");

  private final String words;

  Reason(String words) {
    this.words = words;
  }

  /// As a report writes it.
  public String words() {
    return words;
  }
}
