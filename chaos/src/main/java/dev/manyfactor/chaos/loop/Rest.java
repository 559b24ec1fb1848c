package dev.manyfactor.chaos.loop;

import dev.manyfactor.chaos.contact.Desk;
import dev.manyfactor.chaos.contact.Look;
import dev.manyfactor.chaos.history.History.Broken;
import dev.manyfactor.formation.ExitCode;
import dev.manyfactor.formation.FormationException;
import dev.manyfactor.formation.Manifest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Waits until a service has no work left, as its manifest tells it.
///
/// As long as the work gets less it may take its time: how long depends on how much was broken, and
/// on the machine.
///
/// @param ground where it runs
/// @param nanos measures how long it takes
record Rest(Ground ground, LongSupplier nanos) {
  private static final Duration STANDSTILL = Duration.ofMinutes(2);
  private static final Duration BOUND = Duration.ofMinutes(20);
  private static final Duration POLL = Duration.ofMillis(200);

  /// Returns at rest; what it gives is that there is none.
  Optional<Broken> await() throws InterruptedException {
    Optional<String> query = ground.manifest().chaos().rest();
    if (query.isEmpty()) {
      return Optional.empty();
    }
    try (Desk desk = new Desk(ground.server(), Look.database(ground.manifest()))) {
      return await(desk, "select count(*) from (%s) as work".formatted(query.get()));
    } catch (SQLException failure) {
      throw new FormationException(
          ExitCode.CONFIG,
          "chaos.rest of %s cannot be asked: %s".formatted(Manifest.FILE, failure.getMessage()));
    }
  }

  private Optional<Broken> await(Desk desk, String query)
      throws SQLException, InterruptedException {
    long start = nanos.getAsLong();
    long progress = start;
    long least = Long.MAX_VALUE;
    while (true) {
      long left = Long.parseLong(desk.column(query).getFirst());
      long now = nanos.getAsLong();
      if (left == 0) {
        return Optional.empty();
      }
      if (left < least) {
        least = left;
        progress = now;
      }
      if (now - progress > STANDSTILL.toNanos() || now - start > BOUND.toNanos()) {
        return Optional.of(
            new Broken(
                "all work comes to its end",
                List.of(
                    "%d are left after %d s, and were no fewer for the last %d"
                        .formatted(
                            left,
                            Duration.ofNanos(now - start).toSeconds(),
                            Duration.ofNanos(now - progress).toSeconds()))));
      }
      ground.requireRunning();
      Thread.sleep(POLL);
    }
  }
}
