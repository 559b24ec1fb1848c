package dev.manyfactor.service;

import java.io.PrintStream;
import java.util.function.BooleanSupplier;

/// Where a command prints: results to one stream, complaints to the other.
///
/// @param colourful whether a person reads the results on a screen that has colours
record Terminal(PrintStream out, PrintStream err, BooleanSupplier colourful) {

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
