package dev.manyfactor.service;

/// What the process says to whoever started it (BSD `sysexits.h`).
enum ExitCode {
  OK(0),
  /// The arguments are wrong.
  USAGE(64),
  /// A dependency did not answer in time.
  UNAVAILABLE(69),
  /// A bug of ours or of the service.
  INTERNAL(70),
  /// Results could not be written to standard output.
  CANNOT_WRITE(74),
  /// The environment, the schema or the deployment is wrong.
  CONFIG(78);

  private final int value;

  ExitCode(int value) {
    this.value = value;
  }

  int value() {
    return value;
  }
}
