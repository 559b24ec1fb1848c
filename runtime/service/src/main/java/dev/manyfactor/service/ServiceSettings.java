package dev.manyfactor.service;

import dev.manyfactor.config.Default;
import dev.manyfactor.config.Description;
import java.time.Duration;
import java.util.Optional;

/// What every service can be told, whatever it is made of.
record ServiceSettings(
    @Description("the release that this process belongs to; unset: the commit of the artifact")
        Optional<String> release,
    @Default("dev") @Description("which deployment this is, for example staging or prod-eu")
        String deployment,
    @Default("5s") @Description("how long to go on serving after a stop is asked for")
        Duration drainDelay,
    @Default("30s") @Description("how long work under way may take after that")
        Duration shutdownGrace,
    @Default("30s") @Description("how long tasks and migrate wait for the database")
        Duration startWait,
    @Default("1h") @Description("how long one task may take") Duration taskTimeout) {}
