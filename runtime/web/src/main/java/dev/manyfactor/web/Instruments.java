package dev.manyfactor.web;

import dev.manyfactor.resilience.TimeAndChance;
import io.opentelemetry.api.OpenTelemetry;

/// What a server measures with.
///
/// @param openTelemetry where spans and figures go
/// @param time for deadlines and durations
public record Instruments(OpenTelemetry openTelemetry, TimeAndChance time) {}
