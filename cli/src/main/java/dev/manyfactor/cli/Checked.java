package dev.manyfactor.cli;

import java.util.List;

/// A command that looks at its own options before it runs, so that all that is wrong with a command
/// line is said at once.
interface Checked {
  /// What is wrong with the options; empty if nothing is.
  List<String> problems();
}
