package dev.manyfactor.prover.rules;

import dev.manyfactor.faults.Behaviour;
import dev.manyfactor.prover.trial.Call;
import dev.manyfactor.prover.trial.Exchange;
import dev.manyfactor.prover.trial.Held;
import dev.manyfactor.prover.trial.Link;
import dev.manyfactor.prover.trial.Running;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A whole request whose answer waits for a dependency that is held back.
final class HeldByLink implements Held {
  private static final Duration MARGIN = Duration.ofSeconds(5);

  private final Link link;
  private final Call call;
  private final FutureTask<Exchange> exchange;

  private HeldByLink(Link link, Call call, FutureTask<Exchange> exchange) {
    this.link = link;
    this.call = call;
    this.exchange = exchange;
  }

  /// Holds the dependency back, then sends the request.
  ///
  /// @param longest when the request is given up
  static HeldByLink open(Link link, Running running, Call call, Duration longest) {
    link.behave(new Behaviour.Blackhole());
    FutureTask<Exchange> exchange = new FutureTask<>(() -> running.send(call, longest));
    Thread.ofVirtual().name("mf-held").start(exchange);
    return new HeldByLink(link, call, exchange);
  }

  @Override
  public boolean isAnswered() {
    return exchange.isDone();
  }

  /// Lets the dependency answer, and waits.
  @Override
  public Exchange finish(Duration patience) throws InterruptedException {
    link.behave(new Behaviour.Pass());
    try {
      return exchange.get(patience.plus(MARGIN).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      exchange.cancel(true);
      return unanswered(patience);
    } catch (ExecutionException failure) {
      throw new IllegalStateException("a request has no end", failure);
    }
  }

  /// Given up; it began at a moment that nobody asks for.
  private Exchange unanswered(Duration patience) {
    String detail =
        "no whole answer within %d ms of the dependency's".formatted(patience.toMillis());
    return new Exchange(
        call, new Exchange.Result.Broken(Exchange.Kind.TIMEOUT, detail), 0, patience);
  }

  @Override
  public void close() {
    link.behave(new Behaviour.Pass());
    exchange.cancel(true);
  }
}
