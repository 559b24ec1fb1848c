package dev.manyfactor.json;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Locale;

/// Reads a time with offset (RFC 3339), once its shape is known.
///
/// Not left to Java alone, whose offsets end at 18 hours and not at 23:59.
final class DateTime {
  private static final int OFFSET = "+00:00".length();
  private static final int LAST_YEAR = 9999;

  private DateTime() {}

  /// The instant that the text means.
  ///
  /// @throws DateTimeException if there is no such time, or if its year in UTC has not four digits:
  ///   then it could be read but not be written again
  static Instant parse(String text) {
    String time = text.toUpperCase(Locale.ROOT);
    boolean utc = time.endsWith("Z");
    int at = time.length() - (utc ? 1 : OFFSET);
    Instant local = LocalDateTime.parse(time.substring(0, at)).toInstant(ZoneOffset.UTC);
    Instant instant = utc ? local : local.minus(offset(time.substring(at)));
    int year = instant.atOffset(ZoneOffset.UTC).getYear();
    if (year < 0 || year > LAST_YEAR) {
      throw new DateTimeException("the year in UTC has not four digits");
    }
    return instant;
  }

  /// How far local time is ahead of UTC.
  private static Duration offset(String text) {
    Duration distance = Duration.between(LocalTime.MIN, LocalTime.parse(text.substring(1)));
    return text.charAt(0) == '-' ? distance.negated() : distance;
  }
}
