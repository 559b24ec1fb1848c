package dev.manyfactor.jobs;

import dev.manyfactor.context.Release;
import dev.manyfactor.database.Database;
import io.opentelemetry.api.OpenTelemetry;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// What the parts of this module share in an open program.
///
/// @param nanos a clock that never goes back, for durations
record Running(
    Database database,
    Registry registry,
    Release release,
    InstantSource clock,
    RandomGenerator random,
    LongSupplier nanos,
    JobTelemetry telemetry,
    WakeUps wakes,
    Floors floors,
    KnownTenants tenants)
    implements AutoCloseable {

  static Running of(
      Database database,
      Registry registry,
      Release release,
      OpenTelemetry telemetry,
      InstantSource clock) {
    return new Running(
        database,
        registry,
        release,
        clock,
        new SecureRandom(),
        System::nanoTime,
        new JobTelemetry(telemetry, System::nanoTime),
        WakeUps.start(database, clock),
        new Floors(),
        new KnownTenants());
  }

  Ledger ledger() {
    return new Ledger(release, clock, random);
  }

  Enqueuer enqueuer() {
    return new Enqueuer(release, clock, wakes, tenants);
  }

  @Override
  public void close() {
    wakes.close();
  }
}
