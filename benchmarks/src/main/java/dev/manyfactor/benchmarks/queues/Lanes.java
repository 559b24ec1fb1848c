package dev.manyfactor.benchmarks.queues;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Adds jobs from several threads.
final class Lanes {
  private Lanes() {}

  /// Adds one job.
  interface Adding {
    void add(int job) throws SQLException;
  }

  /// Adds as fast as it goes.
  ///
  /// @return how many per second
  static double forSome(Duration duration, Starts clock, Adding adding)
      throws InterruptedException {
    var count = new AtomicInteger();
    long start = clock.now();
    long end = start + duration.toNanos();
    all(() -> {
      while (clock.now() < end) {
        adding.add(count.getAndIncrement());
      }
    });
    return count.get() / ((clock.now() - start) / 1e9);
  }

  /// Adds every one of `starts`, as fast as it goes.
  static void all(Starts starts, Adding adding) throws InterruptedException {
    var next = new AtomicInteger();
    all(() -> {
      for (int job = next.getAndIncrement(); job < starts.jobs(); job = next.getAndIncrement()) {
        starts.asked(job);
        adding.add(job);
      }
    });
  }

  /// Adds every one of `starts`, one after the other at a steady rate, and waits for no one.
  static void steadily(Starts starts, double perSecond, Adding adding) throws InterruptedException {
    long every = (long) (1e9 / perSecond);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> added = new ArrayList<>();
      long next = starts.now();
      for (int job = 0; job < starts.jobs(); job++) {
        int number = job;
        added.add(
            threads.submit(() -> {
              starts.asked(number);
              adding.add(number);
              return true;
            }));
        next += every;
        LockSupport.parkNanos(next - starts.now());
      }
      await(added);
    }
  }

  private interface Lane {
    void run() throws SQLException;
  }

  private static void all(Lane lane) throws InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int number = 0; number < Contender.LANES; number++) {
        running.add(
            threads.submit(() -> {
              lane.run();
              return true;
            }));
      }
      await(running);
    }
  }

  private static void await(List<Future<?>> running) throws InterruptedException {
    for (Future<?> one : running) {
      try {
        var _ = one.get();
      } catch (ExecutionException failure) {
        throw new IllegalStateException(failure.getCause());
      }
    }
  }
}
