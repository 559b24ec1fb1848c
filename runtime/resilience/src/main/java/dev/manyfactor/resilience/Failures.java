package dev.manyfactor.resilience;

import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLException;

/// What went wrong, in words for an operator: what, where, which variable to look at.
final class Failures {

  private Failures() {}

  /// What really ended an exchange, without the wrappings of futures.
  static Throwable cause(ExecutionException wrapped) {
    Throwable cause = wrapped;
    while (cause.getCause() != null
        && (cause instanceof ExecutionException || cause instanceof CompletionException)) {
      cause = cause.getCause();
    }
    return cause;
  }

  /// How an attempt ended that broke with `cause`.
  static Outcome outcome(Target target, UpstreamSettings settings, Throwable cause) {
    return switch (cause) {
      case HttpConnectTimeoutException _ -> passing(noConnection(target, settings));
      case BoundedBody.TooLarge large -> new Outcome.Lasting(tooLarge(target, settings, large));
      case ProtocolException _ ->
          new Outcome.Lasting(
              new UpstreamException.BadReply(
                  target, "answered with something that is not HTTP/1.1", OptionalInt.empty()));
      default ->
          passing(
              new UpstreamException.Unreachable(
                  target, whyUnreachable(target, settings, cause), cause));
    };
  }

  private static Outcome passing(UpstreamException failure) {
    return new Outcome.Passing(failure, Optional.empty());
  }

  static UpstreamException timedOut(Target target, Patience.Limit limit) {
    String length = text(limit.length());
    String message =
        switch (limit.bound()) {
          case CONNECT, ATTEMPT ->
              "gave no complete answer within %s; raise %s if it may take longer"
                  .formatted(length, target.setting("ATTEMPT_TIMEOUT"));
          case TOTAL ->
              "gave no complete answer within %s, all attempts taken together; raise %s if it may take longer"
                  .formatted(length, target.setting("TIMEOUT"));
          case DEADLINE ->
              "gave no complete answer within the %s that were left until the deadline of the work that called it"
                  .formatted(length);
        };
    return new UpstreamException.TimedOut(target, message, limit.bound());
  }

  private static UpstreamException noConnection(Target target, UpstreamSettings settings) {
    return new UpstreamException.TimedOut(
        target,
        "gave no connection within %s at %s; see whether it runs there, or correct %s"
            .formatted(
                text(settings.connectTimeout()),
                settings.url().getAuthority(),
                target.setting("URL")),
        Bound.CONNECT);
  }

  private static UpstreamException tooLarge(
      Target target, UpstreamSettings settings, BoundedBody.TooLarge large) {
    return new UpstreamException.BadReply(
        target,
        "answered %d with more than %d bytes; raise %s if that is right"
            .formatted(
                large.status(), settings.maxResponseBytes(), target.setting("MAX_RESPONSE_BYTES")),
        OptionalInt.of(large.status()));
  }

  static UpstreamException badStatus(Target target, int status) {
    String remedy =
        switch (status / 100) {
          case 3 -> "; redirects are not followed: correct " + target.setting("URL");
          case 4 ->
              status == Attempt.UNAUTHORIZED
                  ? "; see whether %s and %s are right"
                      .formatted(target.setting("CLIENT_ID"), target.setting("CLIENT_SECRET"))
                  : "; it asks for fewer calls";
          default -> "";
        };
    return new UpstreamException.BadReply(
        target, "answered " + status + remedy, OptionalInt.of(status));
  }

  static UpstreamException interrupted(Target target) {
    return new UpstreamException.Interrupted(
        target, "was not waited for: the thread was asked to stop");
  }

  private static String whyUnreachable(Target target, UpstreamSettings settings, Throwable cause) {
    if (cause instanceof ConnectException) {
      String authority = settings.url().getAuthority();
      String setting = target.setting("URL");
      return cause.getCause() instanceof UnresolvedAddressException
          ? "is at %s, which no name server knows; correct %s".formatted(authority, setting)
          : "refuses connections at %s; see whether it runs there, or correct %s"
              .formatted(authority, setting);
    }
    if (cause instanceof SSLException) {
      return "has no TLS connection for us: " + cause.getMessage();
    }
    return "ended the connection before its answer was complete";
  }

  /// A duration as people write it: `3s`, `0.25s`, `1m30s`.
  private static String text(Duration duration) {
    return duration
        .truncatedTo(ChronoUnit.MILLIS)
        .toString()
        .substring("PT".length())
        .toLowerCase(Locale.ROOT);
  }
}
