package dev.manyfactor.benchmarks;

import java.io.IOException;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;

/// Sends requests over some connections, each the next one as soon as it has its answer.
///
/// @param connections how many, shared out over two threads
/// @param nanos measures durations
record Load(int connections, LongSupplier nanos) {
  private static final int THREADS = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /// Goes on for that long.
  Answers during(Duration duration, int port, Requests.Kind kind, SplittableRandom random)
      throws InterruptedException {
    long until = nanos.getAsLong() + duration.toNanos();
    return run(port, kind, random, (latencies, now) -> now < until, duration);
  }

  /// Ends after so many answers or a few more.
  Answers times(int requests, int port, Requests.Kind kind, SplittableRandom random)
      throws InterruptedException {
    int each = (requests + THREADS - 1) / THREADS;
    return run(port, kind, random, (latencies, now) -> latencies.size() < each, Duration.ofDays(1));
  }

  /// Whether another request is to be sent.
  private interface Going {
    boolean on(Latencies latencies, long now);
  }

  private Answers run(
      int port, Requests.Kind kind, SplittableRandom random, Going going, Duration counted)
      throws InterruptedException {
    List<Callable<Latencies>> lanes = new ArrayList<>();
    for (int lane = 0; lane < THREADS; lane++) {
      SplittableRandom own = random.split();
      int share = (connections + lane) / THREADS;
      lanes.add(() ->
          drive(port, kind, own, new Lane(share, going, nanos.getAsLong() + counted.toNanos())));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      long began = nanos.getAsLong();
      List<Latencies> all = new ArrayList<>();
      for (Future<Latencies> lane : threads.invokeAll(lanes)) {
        all.add(result(lane));
      }
      return Answers.of(all, Math.min(counted.toNanos(), nanos.getAsLong() - began));
    }
  }

  /// What one thread does.
  private record Lane(int connections, Going going, long countedUntil) {}

  private Latencies drive(int port, Requests.Kind kind, SplittableRandom random, Lane lane)
      throws IOException {
    var latencies = new Latencies(lane.countedUntil());
    List<Wire> wires = new ArrayList<>();
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < lane.connections(); i++) {
        wires.add(Wire.open(port, kind.from(random.split()), selector));
      }
      for (Wire wire : wires) {
        wire.send(nanos.getAsLong());
      }
      exchange(selector, wires.size(), latencies, lane.going());
      return latencies;
    } finally {
      for (Wire wire : wires) {
        wire.close();
      }
    }
  }

  /// Until every connection has its last answer.
  private void exchange(Selector selector, int open, Latencies latencies, Going going)
      throws IOException {
    int waiting = open;
    while (waiting > 0) {
      if (selector.select(PATIENCE.toMillis()) == 0) {
        throw new UnexpectedAnswer("there was no answer within " + PATIENCE);
      }
      for (var key : selector.selectedKeys()) {
        var wire = (Wire) key.attachment();
        if (wire.receive()) {
          long now = nanos.getAsLong();
          latencies.add(wire.sentAt(), now);
          if (going.on(latencies, now)) {
            wire.send(now);
          } else {
            waiting--;
          }
        }
      }
      selector.selectedKeys().clear();
    }
  }

  private static Latencies result(Future<Latencies> lane) throws InterruptedException {
    try {
      return lane.get();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof UnexpectedAnswer answer
          ? answer
          : new UnexpectedAnswer(String.valueOf(failed.getCause()));
    }
  }
}
