package dev.manyfactor.identity;

/// Says who asks, from what a request presents.
///
/// Safe on many threads; answers from memory, except that the first token signed with a new key may
/// wait, within the request's deadline, for that key.
@FunctionalInterface
public interface Authenticator {

  /// Judges the value of one `Authorization` header; empty text if the request has none.
  Verification verify(String authorization);
}
