package dev.manyfactor.prover.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Requests that are sent at one moment, each from a thread of its own.
public final class Volley {
  private Volley() {}

  /// Sends all and waits for all; in the order in which they were given.
  public static List<Exchange> send(List<Callable<Exchange>> requests) throws InterruptedException {
    CountDownLatch go = new CountDownLatch(1);
    List<FutureTask<Exchange>> sending = new ArrayList<>();
    for (Callable<Exchange> request : requests) {
      FutureTask<Exchange> task =
          new FutureTask<>(() -> {
            go.await();
            return request.call();
          });
      sending.add(task);
      Thread.ofVirtual().start(task);
    }
    go.countDown();
    List<Exchange> exchanges = new ArrayList<>();
    for (FutureTask<Exchange> task : sending) {
      try {
        exchanges.add(task.get());
      } catch (ExecutionException failure) {
        throw new IllegalStateException(failure.getCause());
      }
    }
    return exchanges;
  }
}
