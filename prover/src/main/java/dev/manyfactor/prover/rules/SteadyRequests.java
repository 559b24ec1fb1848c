package dev.manyfactor.prover.rules;

import dev.manyfactor.prover.outcome.Transcript;
import dev.manyfactor.prover.trial.Exchange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Requests at a steady pace, each on a connection of its own, whether those before it have been
/// answered or not; until it is closed.
///
/// At most [#MOST] are under way at once; beyond that none is sent. Safe on many threads.
final class SteadyRequests implements AutoCloseable {
  private static final int MOST = 200;
  private static final Duration ENDING = Duration.ofSeconds(30);

  private final ConcurrentLinkedQueue<Sent> sent = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore free = new Semaphore(MOST);
  private final Transcript clock;
  private volatile boolean over;

  /// A request and what came of it.
  ///
  /// @param at when it was sent, since the trial began
  /// @param until when its answer was there, or was not to come any more
  record Sent(Duration at, Duration until, Exchange exchange) {
    /// Whether anything was answered, whole.
    boolean isAnswered() {
      return exchange.result() instanceof Exchange.Result.Answer;
    }

    /// Whether it broke in this way.
    boolean is(Exchange.Kind kind) {
      return exchange.result() instanceof Exchange.Result.Broken broken && broken.kind() == kind;
    }
  }

  private SteadyRequests(Transcript clock) {
    this.clock = clock;
  }

  /// Begins to send.
  ///
  /// @param request sends one and waits for its answer, with a bound
  static SteadyRequests begin(Transcript clock, Duration pace, Callable<Exchange> request) {
    SteadyRequests requests = new SteadyRequests(clock);
    var _ = requests.threads.submit(() -> requests.send(pace, request));
    return requests;
  }

  /// None at all.
  static SteadyRequests none(Transcript clock) {
    return new SteadyRequests(clock);
  }

  private boolean send(Duration pace, Callable<Exchange> request) throws InterruptedException {
    while (!over) {
      if (free.tryAcquire()) {
        var _ = threads.submit(() -> sent.add(sent(request)));
      }
      Thread.sleep(pace);
    }
    return true;
  }

  private Sent sent(Callable<Exchange> request) throws Exception {
    try {
      Duration at = clock.elapsed();
      Exchange exchange = request.call();
      return new Sent(at, clock.elapsed(), exchange);
    } finally {
      free.release();
    }
  }

  /// What has come to an end so far, in the order in which it was sent.
  List<Sent> sent() {
    List<Sent> sorted = new ArrayList<>(sent);
    sorted.sort(Comparator.comparing(Sent::at));
    return sorted;
  }

  /// Whether any was refused so far.
  boolean isRefused() {
    return sent.stream().anyMatch(one -> one.is(Exchange.Kind.REFUSED));
  }

  /// Sends no more, and waits for what is under way.
  @Override
  public void close() {
    over = true;
    threads.shutdown();
    try {
      if (!threads.awaitTermination(ENDING.toSeconds(), TimeUnit.SECONDS)) {
        var _ = threads.shutdownNow();
      }
    } catch (InterruptedException stop) {
      var _ = threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
