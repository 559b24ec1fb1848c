package dev.manyfactor.formation;

/// Whether a committed transaction is on the disk when the commit returns.
public enum Durability {
  /// `fsync`, `synchronous_commit` and `full_page_writes` on: a commit survives a power cut.
  ON("on"),
  /// All three off: faster, for tests that claim nothing about durability.
  OFF("off");

  private final String setting;

  Durability(String setting) {
    this.setting = setting;
  }

  /// What PostgreSQL calls it: `on` or `off`.
  public String setting() {
    return setting;
  }
}
