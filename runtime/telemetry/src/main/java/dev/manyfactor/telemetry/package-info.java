/// Logs as JSON lines, metrics as Prometheus text, traces by W3C context.
///
/// With this module on the class path every event of SLF4J, `java.util.logging` and `System.Logger`
/// becomes one JSON object on one line of standard output, from the first event on: there is no
/// configuration file, and libraries do not get a voice of their own. [Telemetry] then adds who
/// speaks (service, release, process, deployment), and measures.
///
/// Promises: a line is at most a few hundred kilobytes; it is written within 100 ms, and before the
/// process ends, however it ends, short of `kill -9`; a standard output that nobody reads stops
/// nobody, and what was lost is counted (`log_events_dropped_total`).
///
/// Rule for whoever logs: nothing is masked here, so log no secret. A
/// [dev.manyfactor.config.Secret] prints a mask; headers and bodies of requests are never logged as
/// a whole; libraries that would do so when debugging stay at `info`.
///
/// Read [Telemetry] first, then `LogAppender` for the path of a line.
@NullMarked
package dev.manyfactor.telemetry;

import org.jspecify.annotations.NullMarked;
