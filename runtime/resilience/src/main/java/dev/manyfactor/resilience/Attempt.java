package dev.manyfactor.resilience;

import io.opentelemetry.api.trace.Span;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/// One exchange with an upstream, from the connection to the last byte of the answer, within one
/// limit.
///
/// The JDK's own request timeout ends with the headers (JDK-8208693), so the whole exchange is
/// awaited here and cancelled when the limit is reached; that closes the connection and leaves no
/// thread behind. Used once, by one thread.
final class Attempt {
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*"); // RFC 6750, 2.1
  private static final Set<Integer> NOT_NOW = Set.of(429, 502, 503, 504);
  static final int UNAUTHORIZED = 401;

  private final Channel channel;
  private final Ask ask;
  private final UpstreamSettings settings;
  private final Patience.Limit limit;

  Attempt(Channel channel, Ask ask, UpstreamSettings settings, Patience.Limit limit) {
    this.channel = channel;
    this.ask = ask;
    this.settings = settings;
    this.limit = limit;
  }

  /// @param token to present, if any
  /// @param sentBefore how often this call's request has been sent
  Outcome run(Optional<String> token, int sentBefore) {
    if (limit.left().isZero()) {
      return new Outcome.Lasting(Failures.timedOut(ask.target(), limit));
    }
    Instruments instruments = channel.instruments();
    long began = channel.timeAndChance().nanoTime().getAsLong();
    Span span = instruments.begin(ask.target(), sentBefore);
    Outcome outcome = null;
    try {
      outcome = exchange(request(token, span));
      return outcome;
    } finally {
      long took = channel.timeAndChance().nanoTime().getAsLong() - began;
      instruments.end(span, ask.target(), Optional.ofNullable(outcome), took);
    }
  }

  private HttpRequest request(Optional<String> token, Span span) {
    HttpRequest.Builder request = ask.attempt();
    token.ifPresent(value -> request.setHeader("Authorization", "Bearer " + checked(value)));
    channel.instruments().propagate(span, request);
    return request.build();
  }

  /// The JDK prints a header that it refuses; a token must not get there.
  private static String checked(String token) {
    if (!TOKEN.matcher(token).matches()) {
      throw new IllegalStateException("the token for a call has characters that no token may have");
    }
    return token;
  }

  private Outcome exchange(HttpRequest request) {
    CompletableFuture<HttpResponse<byte[]>> answer =
        channel.client().sendAsync(request, BoundedBody.upTo(settings.maxResponseBytes()));
    try {
      HttpResponse<byte[]> response = answer.get(limit.left().toNanos(), TimeUnit.NANOSECONDS);
      return judge(new Reply(ask.target(), response, channel.instruments()));
    } catch (TimeoutException late) {
      return new Outcome.Passing(Failures.timedOut(ask.target(), limit), Optional.empty());
    } catch (ExecutionException broken) {
      return Failures.outcome(ask.target(), settings, Failures.cause(broken));
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw Failures.interrupted(ask.target());
    } finally {
      answer.cancel(true);
    }
  }

  private Outcome judge(Reply reply) {
    int status = reply.status();
    if (NOT_NOW.contains(status)) {
      return new Outcome.Passing(
          Failures.badStatus(ask.target(), status),
          RetryAfter.read(reply, channel.timeAndChance().clock()));
    }
    boolean isAnswer = reply.isSuccess() || status / 100 == 4;
    return isAnswer && status != UNAUTHORIZED
        ? new Outcome.Answered(reply)
        : new Outcome.Lasting(Failures.badStatus(ask.target(), status));
  }
}
