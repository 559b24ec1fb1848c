package dev.manyfactor.chaos.loop;

/// Ways in which something is broken.
public enum FaultKind {
  /// A process gets SIGKILL and is started again by the formation.
  KILL("process killed"),
  /// A process gets SIGSTOP, and SIGCONT after a while: it comes back without having noticed.
  FREEZE("process frozen"),
  /// All connections of a link are reset.
  CUT("connections cut"),
  /// Nothing passes on a link for a while; then everything does, late.
  HANG("connections held"),
  /// PostgreSQL is stopped immediately, and started again after a while.
  CRASH("PostgreSQL stopped immediately");

  private final String words;

  FaultKind(String words) {
    this.words = words;
  }

  /// In words, for people.
  public String words() {
    return words;
  }
}
