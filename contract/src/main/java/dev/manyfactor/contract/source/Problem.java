package dev.manyfactor.contract.source;

/// One thing that is wrong with a contract, and what to do about it.
///
/// @param file the contract, as the build shows it
/// @param line from 1
/// @param message what is wrong; what to write instead
public record Problem(String file, int line, String message) {
  /// What kind of problem it is: the same for each place that has it.
  public String kind() {
    return Summary.kind(this);
  }

  /// In the form that editors and terminals make a link of: `file:line: message`.
  @Override
  public String toString() {
    return file + ":" + line + ": " + message;
  }
}
