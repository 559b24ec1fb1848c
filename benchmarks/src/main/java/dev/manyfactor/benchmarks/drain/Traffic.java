package dev.manyfactor.benchmarks.drain;

import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/// Sends 200 requests a second, half of them through the router and half straight to the processes;
/// and keeps an eye on which of those are ready, as a balancer does.
///
/// Does not wait for answers, but where a machine is so slow that two dozen are outstanding it
/// holds back what comes next, and counts that: an overload is not what this is about.
final class Traffic implements AutoCloseable {
  static final int PER_SECOND = 200;
  private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
  private static final int MOST = 24;
  private static final int LOOK_MILLIS = 100;

  private final Site site;
  private final LongSupplier nanos;
  private final Caller routed;
  private final Caller direct;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore outstanding = new Semaphore(MOST);
  private volatile boolean over;

  private Traffic(Site site, LongSupplier nanos) {
    this.site = site;
    this.nanos = nanos;
    this.routed = new Caller("through the router", nanos);
    this.direct = new Caller("straight to the processes", nanos);
  }

  /// Starts it.
  ///
  /// @param seed of what is sent
  static Traffic start(Site site, LongSupplier nanos, long seed)
      throws IOException, InterruptedException {
    var traffic = new Traffic(site, nanos);
    traffic.routed.use(List.of(site.router()));
    traffic.direct.use(site.ready());
    String token = site.token();
    String customer = traffic.register(token);
    traffic.threads.execute(traffic::look);
    traffic.threads.execute(() -> traffic.send(new SplittableRandom(seed), token, customer));
    return traffic;
  }

  private String register(String token) throws IOException, InterruptedException {
    try (var connection = new Connection(site.router())) {
      Request request = Request.register(token);
      Reply reply = connection.ask(request.bytes(), request.pause(), nanos.getAsLong());
      if (reply.status() != request.expected()) {
        throw new IllegalStateException("no customer: " + reply);
      }
      return reply.body().replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
    }
  }

  private void look() {
    try {
      while (!over) {
        direct.use(site.ready());
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(SplittableRandom random, String token, String customer) {
    long next = nanos.getAsLong();
    for (int number = 0; !over; number++) {
      Request request = Request.next(random, token, customer);
      Caller caller = number % 2 == 0 ? routed : direct;
      if (outstanding.tryAcquire()) {
        threads.execute(() -> send(caller, request));
      } else {
        caller.tally().heldBack();
      }
      next += EVERY_NANOS;
      LockSupport.parkNanos(next - nanos.getAsLong());
    }
  }

  private void send(Caller caller, Request request) {
    try {
      caller.send(request);
    } finally {
      outstanding.release();
    }
  }

  /// What has become of everything so far, for each caller.
  List<Tally.Counts> counts() {
    return List.of(routed.tally().counts(routed.name()), direct.tally().counts(direct.name()));
  }

  /// Sends nothing more, and waits for the last answers.
  @Override
  public void close() {
    over = true;
    threads.close();
  }
}
