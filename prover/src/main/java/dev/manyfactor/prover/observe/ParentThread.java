package dev.manyfactor.prover.observe;

import java.util.concurrent.locks.LockSupport;

/// The thread that is the parent of a process: it confines itself, starts the process, and lives as
/// long as that, for the kernel tells a child of its parent's death when the *thread* ends.
///
/// What a confined thread starts is confined, threads too. It must therefore wake nobody: to wake a
/// virtual thread may start a carrier for it. It leaves its result where others look for it.
final class ParentThread {
  private static final long POLL = 200_000;

  private final Thread thread;
  private volatile int result;
  private volatile boolean failed;

  private ParentThread(String name, Runnable confine, Spawn spawn) {
    thread =
        Thread.ofPlatform()
            .name("mf-parent-" + name)
            .daemon(true)
            .unstarted(() -> run(confine, spawn));
  }

  /// Starts a process and returns when it has been started.
  ///
  /// @param confine what the thread does to itself before
  static ParentThread start(String name, Runnable confine, Spawn spawn) {
    ParentThread parent = new ParentThread(name, confine, spawn);
    parent.thread.start();
    while (parent.result == 0 && !parent.failed) {
      LockSupport.parkNanos(POLL); // bounded: both that may happen take no waiting
    }
    if (parent.result <= 0) {
      throw new IllegalStateException(
          "%s cannot be started: error %d of the system".formatted(name, -parent.result));
    }
    return parent;
  }

  /// The process.
  int child() {
    return result;
  }

  /// Waits until the process has ended. From a platform thread only.
  void awaitEnd() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(Runnable confine, Spawn spawn) {
    try {
      confine.run();
      result = spawn.run();
      if (result > 0) {
        Linux.awaitEnd(result);
      }
    } finally {
      failed = result <= 0;
    }
  }
}
