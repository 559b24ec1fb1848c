package dev.manyfactor.jobs;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;

/// At the minutes that five cron fields name, in one time zone.
///
/// The fields are those of Unix cron: lists, ranges, steps, names of months and days, Sunday as 0
/// or 7, and *either* day field is enough when both are restricted. When the clocks change:
///
/// - **forward**, a time that the clocks skip happens at the instant of the change, so `30 2 * * *`
///   does not lose a day. A schedule for every hour (hour field `*` or `*/n`) goes on by real time.
/// - **back**, a time that comes twice happens the first time only if the hour is stated, and both
///   times if the schedule is for every hour, so `*/15 * * * *` keeps its distance of 15 minutes.
///
/// Immutable. A day that never comes (`0 0 30 2 *`) is refused.
public final class Cron implements Schedule {
  private static final CronParser PARSER =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

  private final String fields;
  private final ZoneId zone;
  private final ExecutionTime times;

  /// @param fields minute, hour, day of month, month, day of week
  /// @param zone the time zone in which they are read
  /// @throws IllegalArgumentException if they are not cron fields, or never come true
  public Cron(String fields, ZoneId zone) {
    this.fields = fields.strip().replaceAll("\\s+", " ");
    this.zone = zone;
    this.times = parsed(this.fields);
    if (next(Instant.EPOCH).isEmpty()) {
      throw new IllegalArgumentException(
          "a schedule must come true some day, but \"%s\" never does".formatted(fields));
    }
  }

  private static ExecutionTime parsed(String fields) {
    try {
      return ExecutionTime.forCron(PARSER.parse(fields).validate());
    } catch (IllegalArgumentException refused) {
      throw new IllegalArgumentException(
          "\"%s\" are not the five cron fields minute, hour, day of month, month and day of week (0 2 * * *): %s"
              .formatted(fields, refused.getMessage()),
          refused);
    }
  }

  @Override
  public Optional<Instant> next(Instant after) {
    Optional<Instant> regular =
        times.nextExecution(after.atZone(zone)).map(ZonedDateTime::toInstant);
    Instant until = regular.orElse(Instant.MAX);
    return everyHour() ? regular : skipped(after, until).or(() -> regular);
  }

  private boolean everyHour() {
    return fields.matches("\\S+ \\*.*");
  }

  /// The first change of the clocks between two instants that skips a time of this schedule.
  private Optional<Instant> skipped(Instant after, Instant until) {
    ZoneOffsetTransition change = zone.getRules().nextTransition(after);
    while (change != null && change.getInstant().isBefore(until)) {
      if (change.isGap() && hasTimeIn(change)) {
        return Optional.of(change.getInstant());
      }
      change = zone.getRules().nextTransition(change.getInstant());
    }
    return Optional.empty();
  }

  private boolean hasTimeIn(ZoneOffsetTransition gap) {
    ZonedDateTime justBefore = gap.getDateTimeBefore().minusNanos(1).atZone(ZoneOffset.UTC);
    ZonedDateTime end = gap.getDateTimeAfter().atZone(ZoneOffset.UTC);
    return times.nextExecution(justBefore).filter(time -> time.isBefore(end)).isPresent();
  }

  @Override
  public String text() {
    return zone.equals(ZoneId.of("UTC")) ? fields : fields + " " + zone;
  }

  @Override
  public String toString() {
    return text();
  }
}
