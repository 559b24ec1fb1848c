package dev.manyfactor.context;

import java.util.regex.Pattern;

/// Whose data a piece of work may see: the unit of isolation.
///
/// @param id 1 to 63 characters of `a-z`, `0-9`, `-` and `_`, starting with a letter or a digit
public record Tenant(String id) {
  private static final Pattern SYNTAX = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");

  public Tenant {
    if (!SYNTAX.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "a tenant must be 1 to 63 characters of a-z, 0-9, - and _ but is " + quoted(id));
    }
  }

  private static String quoted(String id) {
    return '"' + (id.length() > 80 ? id.substring(0, 80) + "…" : id) + '"';
  }

  @Override
  public String toString() {
    return id;
  }
}
