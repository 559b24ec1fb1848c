package dev.manyfactor.resilience;

import dev.manyfactor.context.Context;
import dev.manyfactor.context.Deadline;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes one call: attempts it, and again when that does no harm, may help and there is time left.
///
/// Used once, by one thread.
final class Attempts {
  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

  private final Channel channel;
  private final Ask ask;
  private final UpstreamSettings settings;
  private final Patience patience;
  private int sent;
  private boolean tokenRenewed;

  Attempts(Channel channel, Ask ask, UpstreamSettings settings) {
    this.channel = channel;
    this.ask = ask;
    this.settings = settings;
    this.patience = new Patience(settings, Context.current(), channel.timeAndChance().nanoTime());
  }

  Reply run() {
    for (int failed = 1; ; failed++) {
      switch (attempt()) {
        case Outcome.Answered(Reply reply) -> {
          return reply;
        }
        case Outcome.Lasting(UpstreamException failure) -> throw failure;
        case Outcome.Passing(UpstreamException failure, Optional<Duration> retryAfter) ->
            waitForAnother(failed, failure, retryAfter);
      }
    }
  }

  private Outcome attempt() {
    if (channel.credentials().isEmpty()) {
      return send(Optional.empty());
    }
    Credentials credentials = channel.credentials().get();
    String token = token(credentials, Optional.empty());
    Outcome outcome = send(Optional.of(token));
    if (tokenRenewed || !isUnauthorized(outcome)) {
      return outcome;
    }
    tokenRenewed = true; // 401 means that nothing was done, so even a POST may be sent again
    return send(Optional.of(token(credentials, Optional.of(token))));
  }

  private Outcome send(Optional<String> token) {
    return new Attempt(channel, ask, settings, patience.attempt()).run(token, sent++);
  }

  private static boolean isUnauthorized(Outcome outcome) {
    return outcome instanceof Outcome.Lasting lasting
        && lasting.failure() instanceof UpstreamException.BadReply reply
        && reply.status().orElse(0) == Attempt.UNAUTHORIZED;
  }

  /// Asks for a token within what this call has left.
  private String token(Credentials credentials, Optional<String> refused) {
    var left = Deadline.after(patience.remaining(), channel.timeAndChance().clock());
    return Context.current()
        .map(context -> context.withDeadline(left))
        .orElseGet(() -> Context.of("call " + ask.target().upstream(), left))
        .call(() -> credentials.token(refused));
  }

  private void waitForAnother(
      int failed, UpstreamException failure, Optional<Duration> retryAfter) {
    if (!ask.repeatable() || failed >= settings.attempts() || channel.isClosed()) {
      throw failure;
    }
    Duration jitter = Backoff.after(failed, channel.timeAndChance().random());
    Duration wait = retryAfter.map(jitter::plus).orElse(jitter);
    if (wait.compareTo(patience.remaining()) >= 0) {
      throw failure;
    }
    LOG.atDebug()
        .addKeyValue("upstream", ask.target().upstream())
        .log("{}; next attempt in {}", failure.getMessage(), wait);
    pause(wait);
  }

  private void pause(Duration wait) {
    try {
      Thread.sleep(wait);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw Failures.interrupted(ask.target());
    }
  }
}
