package dev.manyfactor.telemetry;

import dev.manyfactor.context.Release;

/// Who speaks on every log line.
///
/// @param release what is running
/// @param process the process type, for example `web`
record LogIdentity(Release release, String process) {}
