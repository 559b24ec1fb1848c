package dev.manyfactor.jobs;

import dev.manyfactor.config.Default;
import dev.manyfactor.config.Description;
import java.util.Optional;

/// What the environment may say about a schedule that has its default in the code; the variables
/// are those of [ScheduleSettings].
///
/// @param schedule when, instead of the default
/// @param catchUp what becomes of the instants that passed while no scheduler was running
public record ScheduleOverride(
    @Description(
            "five cron fields in UTC (0 2 * * *), with a time zone behind them if another is meant"
                + " (0 2 * * * Europe/Berlin), an interval (every 5m), or off; unset: as in the"
                + " code")
        Optional<Schedule> schedule,
    @Default("last") @Description("instants missed while down: none, last, or all up to 10")
        CatchUp catchUp) {

  ScheduleSettings over(Schedule fallback) {
    return new ScheduleSettings(schedule.orElse(fallback), catchUp);
  }
}
