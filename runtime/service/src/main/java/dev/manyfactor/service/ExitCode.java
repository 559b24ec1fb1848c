package dev.manyfactor.service;

/// What the process says to whoever started it (BSD `sysexits.h`).
enum ExitCode {
  OK(0),
  /// The arguments are wrong.
  USAGE(64),
  /// What the arguments name is not there.
  NOT_FOUND(66),
  /// A dependency did not answer in time.
  UNAVAILABLE(69),
  /// A bug of ours or of the service.
  INTERNAL(70),
  /// Results could not be written to standard output.
  CANNOT_WRITE(74),
  /// What was asked for cannot be done now, but may be later.
  NOT_YET(75),
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
