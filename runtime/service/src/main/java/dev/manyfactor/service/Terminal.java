package dev.manyfactor.service;

import java.io.PrintStream;

/// Where a command prints: results to one stream, complaints to the other.
record Terminal(PrintStream out, PrintStream err) {}
