package dev.manyfactor.chaos.sweep;

/// What happens at a message.
public enum Fault {
  /// The process that sent it gets SIGKILL, and its sessions end.
  KILL("process killed"),
  /// The server ends the session, as an administrator or a failover does.
  TERMINATE("backend terminated"),
  /// The connection is reset on both of its ends.
  CUT("connection cut"),
  /// The message stays on its way while others go on: the client asks again elsewhere, or another
  /// worker takes over; then it arrives, late.
  STALL("stalled");

  private final String words;

  Fault(String words) {
    this.words = words;
  }

  /// In words, for people.
  public String words() {
    return words;
  }
}
