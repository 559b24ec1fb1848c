package dev.manyfactor.database;

/// SQL as it is shown in messages.
final class SqlText {
  private static final int MOST_CHARACTERS = 300;

  private SqlText() {}

  static String shortened(String sql) {
    String line = sql.strip().replaceAll("\\s+", " ");
    return line.length() > MOST_CHARACTERS ? line.substring(0, MOST_CHARACTERS) + "…" : line;
  }
}
