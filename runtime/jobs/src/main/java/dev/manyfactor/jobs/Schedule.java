package dev.manyfactor.jobs;

import dev.manyfactor.config.Description;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// When something happens again and again.
///
/// As a setting it is one of
///
/// - five cron fields (minute, hour, day of month, month, day of week), in UTC: `0 2 * * *`
/// - the same with a time zone behind them: `0 2 * * * Europe/Berlin`
/// - an interval: `every 5m`
/// - `off`
///
/// Every process works out the same instants from it, whenever it was started.
@Description(value = "a schedule", example = "0 2 * * *")
public sealed interface Schedule permits Cron, Schedule.Every, Schedule.Off {

  /// At every multiple of an interval, counted from 1970-01-01T00:00Z.
  ///
  /// @param interval 1 second to 366 days
  record Every(Duration interval) implements Schedule {
    private static final Pattern SYNTAX = Pattern.compile("([0-9]{1,11})(ms|s|m|h|d)");
    private static final Map<String, ChronoUnit> UNITS =
        Map.of(
            "ms", ChronoUnit.MILLIS,
            "s", ChronoUnit.SECONDS,
            "m", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(366);

    public Every {
      if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(
            "an interval must be 1s to 366 days, but is " + interval);
      }
      if (!interval.equals(Duration.ofMillis(interval.toMillis()))) {
        throw new IllegalArgumentException(
            "an interval must be whole milliseconds, but is " + interval);
      }
    }

    @Override
    public String text() {
      long millis = interval.toMillis();
      String unit =
          Stream.of("d", "h", "m", "s", "ms")
              .filter(name -> millis % Duration.of(1, UNITS.get(name)).toMillis() == 0)
              .findFirst()
              .orElseThrow();
      return "every " + millis / Duration.of(1, UNITS.get(unit)).toMillis() + unit;
    }

    @Override
    public Optional<Instant> next(Instant after) {
      long step = interval.toMillis();
      return Optional.of(
          Instant.ofEpochMilli((Math.floorDiv(after.toEpochMilli(), step) + 1) * step));
    }
  }

  /// Never.
  record Off() implements Schedule {
    @Override
    public String text() {
      return "off";
    }

    @Override
    public Optional<Instant> next(Instant after) {
      return Optional.empty();
    }
  }

  /// The schedule as it is written in a setting; [#parse] reads it back.
  String text();

  /// The first instant that is later than `after`; empty if there is none.
  Optional<Instant> next(Instant after);

  /// Reads a schedule as it is written in a setting.
  ///
  /// @throws IllegalArgumentException saying what a schedule looks like
  static Schedule parse(String text) {
    String stripped = text.strip();
    if (stripped.equals("off")) {
      return new Off();
    }
    if (stripped.startsWith("every ")) {
      return new Every(interval(stripped.substring("every ".length()).strip()));
    }
    return cron(stripped);
  }

  private static Schedule cron(String text) {
    Matcher words = Pattern.compile("((?:\\S+\\s+){4}\\S+)(?:\\s+(\\S+))?").matcher(text);
    if (!words.matches()) {
      throw new IllegalArgumentException(
          "a schedule must be five cron fields with or without a time zone (0 2 * * * Europe/Berlin), an interval (every 5m) or off, but is \"%s\""
              .formatted(text));
    }
    return new Cron(words.group(1), zone(Optional.ofNullable(words.group(2)).orElse("UTC")));
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException unknown) {
      throw new IllegalArgumentException(
          "a schedule's time zone must be a name like Europe/Berlin or UTC, but is \"%s\""
              .formatted(name),
          unknown);
    }
  }

  private static Duration interval(String text) {
    Matcher parts = Every.SYNTAX.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "an interval must be a number and ms, s, m, h or d (every 5m), but is \"%s\""
              .formatted(text));
    }
    return Duration.of(Long.parseLong(parts.group(1)), Every.UNITS.get(parts.group(2)));
  }
}
