package dev.manyfactor.faults;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.LongAdder;

/// What the parts of one proxy share: its present epoch, its counters and its threads.
final class Course {
  final LongAdder connections = new LongAdder();
  final LongAdder sent = new LongAdder();
  final LongAdder passed = new LongAdder();
  final LongAdder returned = new LongAdder();
  private final ExecutorService threads;
  private volatile Epoch epoch = new Epoch(new Behaviour.Pass());

  Course(ExecutorService threads) {
    this.threads = threads;
  }

  Epoch now() {
    return epoch;
  }

  /// Begins the next epoch and ends the one before.
  void turn(Behaviour next) {
    Epoch before = epoch;
    epoch = new Epoch(next);
    before.over().complete(null);
  }

  /// Starts a task that ends by itself when what it serves is closed.
  void launch(Runnable task) {
    threads.execute(task);
  }

  /// Starts a task whose end is waited for.
  CompletableFuture<Void> start(Runnable task) {
    return CompletableFuture.runAsync(task, threads);
  }
}
