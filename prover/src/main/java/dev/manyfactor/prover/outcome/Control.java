package dev.manyfactor.prover.outcome;

/// What has to hold around a verdict (C2) that comes from a fault.
public enum Control {
  /// It worked before the fault.
  BASELINE("C0"),
  /// The fault reached this very request.
  REACHED("C1"),
  /// It worked again after the fault.
  RECOVERED("C3");

  private final String id;

  Control(String id) {
    this.id = id;
  }

  /// `C0`, `C1` or `C3`.
  public String id() {
    return id;
  }
}
