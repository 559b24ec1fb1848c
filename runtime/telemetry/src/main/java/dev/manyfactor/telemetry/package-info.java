/// Logs as JSON lines, metrics as Prometheus text, traces by W3C context.
@NullMarked
package dev.manyfactor.telemetry;

import org.jspecify.annotations.NullMarked;
