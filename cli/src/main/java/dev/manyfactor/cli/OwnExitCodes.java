package dev.manyfactor.cli;

import picocli.CommandLine.Model.CommandSpec;

/// A command whose exit codes are not those of sysexits.
interface OwnExitCodes {
  /// Its own code in place of one of sysexits.
  int of(int sysexits);

  /// What a command ends with in place of a code of sysexits.
  static int in(CommandSpec command, int sysexits) {
    return command.userObject() instanceof OwnExitCodes own ? own.of(sysexits) : sysexits;
  }
}
