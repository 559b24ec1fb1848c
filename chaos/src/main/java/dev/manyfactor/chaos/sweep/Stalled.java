package dev.manyfactor.chaos.sweep;

/// A process that does not notice that time passes, while another of its kind goes on.
final class Stalled {
  private static final long LAST_WORDS = 300;

  private Stalled() {}

  /// What is waited for meanwhile.
  interface Waiting {
    boolean isOver() throws InterruptedException;
  }

  /// Freezes the process of a type, ends all of its sessions but the one that is held, and starts
  /// another process until what is waited for is over.
  ///
  /// The sessions that are cut are those by which others see that it lives.
  static void whileFrozen(Theatre theatre, String type, Waiting waiting, long held)
      throws InterruptedException {
    Actor actor = theatre.actor(type);
    actor.freeze();
    try {
      actor.proxy().cut(session -> session.number() != held);
      try (Actor _ = theatre.another(type)) {
        var _ = waiting.isOver();
      }
    } finally {
      actor.thaw();
    }
    Thread.sleep(LAST_WORDS);
  }
}
