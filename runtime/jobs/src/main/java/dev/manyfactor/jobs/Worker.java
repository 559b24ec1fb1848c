package dev.manyfactor.jobs;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs jobs of every declared kind in this process, until it is stopped.
///
/// It needs no other worker and no leader: any number of them share the queues. If its process
/// dies, the others run its jobs within about a second.
public final class Worker {
  /// How long interrupted jobs have to end before the worker leaves them behind.
  private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  private final Attempts attempts = new Attempts();
  private final Semaphore slots;
  private final int concurrency;
  private final Dispatcher dispatcher;
  private final Thread thread;
  private final Running running;
  private final Runnable wake;
  private final Depths depths;

  private Worker(Running running, JobsSettings settings) {
    this.running = running;
    this.concurrency = settings.concurrency();
    this.slots = new Semaphore(concurrency);
    this.dispatcher = new Dispatcher(running, settings, attempts, slots);
    this.thread = Thread.ofVirtual().name("jobs-dispatcher").unstarted(dispatcher::run);
    this.wake = dispatcher::wake;
    this.depths = new Depths(running, dispatcher::calm);
  }

  static Worker start(Running running, JobsSettings settings) {
    var worker = new Worker(running, settings);
    running.wakes().addLocal(worker.wake);
    worker.thread.start();
    return worker;
  }

  /// Takes no more jobs, waits for those that are running, and gives back what has not finished
  /// within `grace`. Returns once nothing runs any more, or a few seconds after `grace` if a job
  /// does not heed its interruption; such a job's lease is taken over, and it cannot commit.
  ///
  /// @return whether everything finished within `grace`
  public boolean stop(Duration grace) {
    dispatcher.stopAccepting();
    boolean finished = allEndWithin(grace);
    if (!finished) {
      attempts.interruptAll(Interruption.STOP);
      if (!allEndWithin(AFTER_INTERRUPT)) {
        LOG.warn(
            "some jobs do not heed their interruption; their leases are left to other workers");
      }
    }
    running.wakes().removeLocal(wake);
    dispatcher.close();
    dispatcher.wake();
    joinDispatcher();
    attempts.close();
    depths.close();
    return finished;
  }

  private boolean allEndWithin(Duration patience) {
    try {
      return slots.tryAcquire(concurrency, patience.toNanos(), TimeUnit.NANOSECONDS)
          && releaseAll();
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean releaseAll() {
    slots.release(concurrency);
    return true;
  }

  private void joinDispatcher() {
    try {
      if (!thread.join(AFTER_INTERRUPT)) {
        thread.interrupt();
      }
    } catch (InterruptedException hurry) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }
}
