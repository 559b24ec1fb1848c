package dev.manyfactor.prover.stage;

import dev.manyfactor.prover.outcome.Transcript;
import dev.manyfactor.prover.trial.Call;
import dev.manyfactor.prover.trial.Exchange;
import dev.manyfactor.prover.trial.Held;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/// A request on a thread of its own that stands still in the middle of its body.
final class HalfRequest implements Held {
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final Duration SENT = Duration.ofSeconds(5);

  private final Transcript transcript;
  private final String lane;
  private final CountDownLatch half = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private final CompletableFuture<Exchange> exchange = new CompletableFuture<>();
  private final Thread thread;
  private volatile boolean answered;

  private HalfRequest(Conversation conversation, Call call, Transcript transcript, String lane) {
    this.transcript = transcript;
    this.lane = lane;
    this.thread = Thread.ofVirtual().unstarted(() -> hold(conversation, call));
  }

  private void hold(Conversation conversation, Call call) {
    try {
      exchange.complete(conversation.hold(call, LONGEST, this::pause));
    } catch (RuntimeException failure) {
      exchange.completeExceptionally(failure); // or whoever waits for it would wait for ever
    }
  }

  /// Sends the first half; returns when it is on its way, or the exchange is over already.
  static HalfRequest start(Conversation conversation, Call call, Transcript transcript, String lane)
      throws InterruptedException {
    HalfRequest request = new HalfRequest(conversation, call, transcript, lane);
    request.thread.start();
    long left = SENT.toMillis();
    while (!request.half.await(10, TimeUnit.MILLISECONDS)
        && !request.exchange.isDone()
        && left > 0) {
      left -= 10;
    }
    transcript.add("client", "%s to %s: head and half of the body sent".formatted(call, lane));
    return request;
  }

  /// Waits to go on, and listens meanwhile.
  private void pause(BooleanSupplier hasCome) throws InterruptedException {
    half.countDown();
    while (!released.await(10, TimeUnit.MILLISECONDS)) {
      answered = answered || hasCome.getAsBoolean();
    }
  }

  @Override
  public boolean isAnswered() {
    return answered || exchange.isDone();
  }

  @Override
  public Exchange finish(Duration patience) throws InterruptedException {
    transcript.add("client", "the other half of the body sent to " + lane);
    released.countDown();
    try {
      Exchange whole = exchange.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      transcript.add("client", whole.toString());
      return whole;
    } catch (TimeoutException late) {
      close();
      Exchange dropped = exchange.join();
      return new Exchange(
          dropped.call(),
          new Exchange.Result.Broken(
              Exchange.Kind.TIMEOUT,
              "no whole answer within " + patience.toMillis() + " ms of the other half"),
          dropped.began(),
          dropped.took());
    } catch (ExecutionException failure) {
      throw new IllegalStateException(failure.getCause());
    }
  }

  @Override
  public void close() {
    thread.interrupt(); // a virtual thread's blocked socket is closed by it
  }
}
