package dev.manyfactor.fuzz.generate;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Percent-encodes: what must be, and now and then what need not be. For one thread.
final class Escapes {
  private static final String UNRESERVED = "-._~";
  private static final String IN_SEGMENT = "!$&'()*+,;=:@";
  private static final String IN_QUERY = "!$'()*;:@/?";

  private final Chance chance;

  Escapes(Chance chance) {
    this.chance = chance;
  }

  /// A segment of a path.
  String segment(String text) {
    return encoded(text, IN_SEGMENT);
  }

  /// A value in a query.
  String value(String text) {
    return encoded(text, IN_QUERY);
  }

  private String encoded(String text, String bare) {
    var out = new StringBuilder();
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      char character = (char) (octet & 0xff);
      boolean may =
          character < 0x80
              && (Character.isLetterOrDigit(character)
                  || UNRESERVED.indexOf(character) >= 0
                  || bare.indexOf(character) >= 0);
      if (may && !chance.oneIn(25)) {
        out.append(character);
      } else {
        String escape = "%%%02X".formatted((int) character);
        out.append(chance.oneIn(3) ? escape.toLowerCase(Locale.ROOT) : escape);
      }
    }
    return out.toString();
  }
}
