package dev.manyfactor.formation;

/// What a command reports to its shell; the numbers are those of sysexits.h.
public enum ExitCode {
  /// Everything asked for was done.
  OK(0),
  /// The command line asks for something that does not exist.
  USAGE(64),
  /// Something that is needed is not there: a port, a JDK, a database, a running formation.
  UNAVAILABLE(69),
  /// A build, a migration or a process failed without saying more precisely why.
  INTERNAL(70),
  /// A file could not be written.
  CANNOT_WRITE(74),
  /// A manifest or an environment is wrong.
  CONFIG(78);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  /// What the process ends with.
  public int number() {
    return number;
  }
}
