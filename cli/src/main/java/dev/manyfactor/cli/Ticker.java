package dev.manyfactor.cli;

import java.time.Duration;

/// Does something every second until it is closed, on a thread that keeps no process alive.
final class Ticker implements AutoCloseable {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Thread thread;

  private Ticker(Runnable tick) {
    thread = Thread.ofVirtual().name("ticker").start(() -> run(tick));
  }

  static Ticker everySecond(Runnable tick) {
    return new Ticker(tick);
  }

  private static void run(Runnable tick) {
    try {
      while (true) {
        Thread.sleep(SECOND);
        tick.run();
      }
    } catch (InterruptedException closed) {
      // that is all
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
