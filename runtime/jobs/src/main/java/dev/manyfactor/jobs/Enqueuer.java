package dev.manyfactor.jobs;

import dev.manyfactor.context.Release;
import java.time.InstantSource;

/// What a queue needs to know of the process it is in.
record Enqueuer(Release release, InstantSource clock, Wakes wakes, KnownTenants tenants) {}
