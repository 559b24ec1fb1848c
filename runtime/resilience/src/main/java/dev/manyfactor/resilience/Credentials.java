package dev.manyfactor.resilience;

import java.util.Optional;

/// Where a call gets the bearer token that it presents (RFC 6750).
///
/// An upstream asks once per attempt, so an answer should come from memory whenever it can.
/// Implementations are safe on many threads, wait no longer than the current
/// [dev.manyfactor.context.Deadline] and never put a token into an exception's message.
@FunctionalInterface
public interface Credentials {

  /// A token to present, without the word `Bearer`.
  ///
  /// @param refused the token that the upstream has just answered with 401, to be returned again
  ///   only if it is so new that asking for another would be a flood; empty on the first attempt
  /// @throws UpstreamException if whoever issues tokens cannot be reached or refuses
  String token(Optional<String> refused);
}
