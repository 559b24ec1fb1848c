package dev.manyfactor.resilience;

import java.time.Duration;
import java.util.Optional;

/// How one attempt ended.
sealed interface Outcome {

  /// With an answer for the caller.
  record Answered(Reply reply) implements Outcome {}

  /// With a failure that may pass, so another attempt may be worth it.
  ///
  /// @param retryAfter how long the upstream asks to wait, if it does
  record Passing(UpstreamException failure, Optional<Duration> retryAfter) implements Outcome {}

  /// With a failure that would be the same again.
  record Lasting(UpstreamException failure) implements Outcome {}
}
