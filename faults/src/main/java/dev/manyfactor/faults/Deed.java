package dev.manyfactor.faults;

import java.time.Duration;

/// What is done while a session is held at a message. It may take its time: other sessions are not
/// held.
@FunctionalInterface
public interface Deed {
  /// Does it and says how the session goes on. A failure cuts the session.
  Sequel carryOut(Hit hit) throws InterruptedException;

  /// Nothing but the end of the session.
  static Deed cut() {
    return _ -> Sequel.CUT;
  }

  /// Waits.
  static Deed delay(Duration time) {
    return _ -> {
      Thread.sleep(time);
      return Sequel.GO_ON;
    };
  }
}
