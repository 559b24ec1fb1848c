package dev.manyfactor.jobs;

import dev.manyfactor.config.Default;
import dev.manyfactor.config.Description;

/// When a schedule fires; for `settle` the variables are `SETTLE_SCHEDULE` and `SETTLE_CATCH_UP`.
///
/// @param schedule when; its default, if it has one, is stated where the schedule is declared
/// @param catchUp what becomes of the instants that passed while no scheduler was running
public record ScheduleSettings(
    @Description(
            "five cron fields in UTC (0 2 * * *), with a time zone behind them if another is meant"
                + " (0 2 * * * Europe/Berlin), an interval (every 5m), or off")
        Schedule schedule,
    @Default("last") @Description("instants missed while down: none, last, or all up to 10")
        CatchUp catchUp) {}
