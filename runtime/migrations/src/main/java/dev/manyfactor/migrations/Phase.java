package dev.manyfactor.migrations;

import java.util.Locale;

/// What a migration means for the releases that are already running.
public enum Phase {
  /// Adds something that running releases do not notice.
  EXPAND,
  /// Fills what an expansion has added.
  BACKFILL,
  /// Takes away what no running release needs any more.
  CONTRACT;

  static Phase ofLabel(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }

  /// As it stands in a file's name.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
