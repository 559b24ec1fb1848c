package dev.manyfactor.faults;

/// How a session goes on after a [Deed].
public enum Sequel {
  /// What was held is passed on, and everything after it.
  GO_ON,
  /// What was held is lost, and everything after it is passed on.
  LOSE,
  /// Both ends are reset, and what was held is lost.
  CUT
}
