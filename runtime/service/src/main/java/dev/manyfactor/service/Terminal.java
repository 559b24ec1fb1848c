package dev.manyfactor.service;

import java.io.PrintStream;

/// Where a command prints: results to one stream, complaints to the other.
record Terminal(PrintStream out, PrintStream err) {

  /// Says what went wrong, on one line for each problem.
  ExitCode complain(ExitCode code, String problems) {
    err.println(problems);
    return code;
  }

  /// Says that something went wrong that its user cannot mend, with the stack for whoever can.
  ExitCode reportBug(String doing, Throwable failure) {
    err.println(doing + " failed with a fault in the program: " + failure);
    failure.printStackTrace(err);
    return ExitCode.INTERNAL;
  }
}
