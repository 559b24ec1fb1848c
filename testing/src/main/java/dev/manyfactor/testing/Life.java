package dev.manyfactor.testing;

/// What runs where a process of a service runs: from its start to its end.
sealed interface Life permits LifeInside, LifeOutside {

  /// Waits until it is ready.
  ///
  /// @throws AssertionError or another failure saying why it is not
  void awaitReady();

  boolean isRunning();

  /// Asks it to stop, waits for that, and says how it ended.
  int stop();
}
