package dev.manyfactor.testing;

/// How a command of a service ended.
///
/// @param exitCode as `sysexits.h`
/// @param output what it wrote to standard output
/// @param complaints what it wrote to standard error
public record CommandResult(int exitCode, String output, String complaints) {

  /// This result, if the command went well.
  ///
  /// @throws AssertionError with what the command complained about
  public CommandResult expectSuccess() {
    if (exitCode != 0) {
      throw new AssertionError("the command ended with " + exitCode + ": " + complaints + output);
    }
    return this;
  }
}
