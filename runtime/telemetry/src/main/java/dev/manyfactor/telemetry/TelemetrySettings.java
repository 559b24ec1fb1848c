package dev.manyfactor.telemetry;

import dev.manyfactor.config.Default;
import dev.manyfactor.config.Description;

/// What a process says about itself.
///
/// @param logLevel the lowest level that is logged
public record TelemetrySettings(
    @Default("info") @Description("the lowest level that is logged") LogLevel logLevel) {}
