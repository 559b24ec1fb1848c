package dev.manyfactor.testing;

import dev.manyfactor.service.RunningService;
import java.time.Duration;

/// A process that is threads of the test's own JVM.
final class LifeInside implements Life {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final RunningService service;
  private volatile boolean stopped;

  LifeInside(RunningService service) {
    this.service = service;
  }

  RunningService service() {
    return service;
  }

  @Override
  public void awaitReady() {
    service.awaitReady(PATIENCE);
  }

  @Override
  public boolean isRunning() {
    return !stopped;
  }

  @Override
  public int stop() {
    service.stop();
    stopped = true;
    return 0;
  }
}
