package dev.manyfactor.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as people write them, `250ms`, `5s`, `2m`, `1h` or `7d`, and as ISO 8601 does,
/// `PT1M30S`.
///
/// A number without a unit is refused, because it means seconds to one reader and milliseconds to
/// the next. None is negative, and none is too long to be counted in nanoseconds (292 years).
final class DurationText {
  /// What every accepted text matches.
  static final String PATTERN = "^([0-9]{1,18}(ms|s|m|h|d)|P[0-9DTHMS.]+)$";

  private static final Pattern NUMBER_AND_UNIT = Pattern.compile("([0-9]{1,18})(ms|s|m|h|d)");
  private static final Pattern ISO =
      Pattern.compile("\\bP(?:T(?=[0-9]))?(?:[0-9]+(?:\\.[0-9]+)?[DHMS]T?)+\\b");
  private static final List<String> UNITS = List.of("d", "h", "m", "s", "ms");
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);
  private static final Parsed WRONG =
      new Parsed.Wrong("a number with a unit (ms, s, m, h or d), or an ISO 8601 duration");
  private static final Parsed TOO_LONG = new Parsed.Wrong("a duration of at most 292 years");

  private DurationText() {}

  static Parsed parse(String text) {
    try {
      Matcher plain = NUMBER_AND_UNIT.matcher(text);
      if (plain.matches()) {
        return bounded(Duration.of(Long.parseLong(plain.group(1)), unit(plain.group(2))));
      }
      return text.matches(PATTERN) ? bounded(Duration.parse(text)) : WRONG;
    } catch (DateTimeParseException malformed) {
      return WRONG;
    } catch (ArithmeticException tooLong) {
      return TOO_LONG;
    }
  }

  /// The same text with every ISO 8601 duration in it as people write it, so that the message of a
  /// check that says `PT0.25S` reads as the setting does. What only looks like one (`P1M`) stays.
  static String asWritten(String text) {
    return ISO.matcher(text).replaceAll(match -> written(match.group()).orElseGet(match::group));
  }

  private static Optional<String> written(String text) {
    try {
      return bounded(Duration.parse(text)) instanceof Parsed.Value(Duration duration)
          ? written(duration)
          : Optional.empty();
    } catch (DateTimeParseException none) {
      return Optional.empty();
    }
  }

  private static Optional<String> written(Duration duration) {
    if (duration.isZero()) {
      return Optional.of("0s");
    }
    return UNITS.stream()
        .filter(unit -> duration.toNanos() % unit(unit).getDuration().toNanos() == 0)
        .findFirst()
        .map(unit -> duration.dividedBy(unit(unit).getDuration()) + unit);
  }

  private static Parsed bounded(Duration duration) {
    return duration.compareTo(LONGEST) > 0 ? TOO_LONG : new Parsed.Value(duration);
  }

  private static ChronoUnit unit(String symbol) {
    return switch (symbol) {
      case "ms" -> ChronoUnit.MILLIS;
      case "s" -> ChronoUnit.SECONDS;
      case "m" -> ChronoUnit.MINUTES;
      case "h" -> ChronoUnit.HOURS;
      default -> ChronoUnit.DAYS;
    };
  }
}
