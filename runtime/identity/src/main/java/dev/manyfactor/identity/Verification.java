package dev.manyfactor.identity;

import dev.manyfactor.context.Caller;
import dev.manyfactor.context.Tenant;
import java.time.Instant;
import java.util.Optional;

/// What an [Authenticator] found. Immutable.
public sealed interface Verification {

  /// The token is good.
  ///
  /// @param tenant whose data the token opens; absent when it names none, which is enough only for
  ///   operations that touch no tenant's data
  /// @param expiresAt when the token ends (its `exp`)
  record Accepted(Caller caller, Optional<Tenant> tenant, Instant expiresAt)
      implements Verification {}

  /// The request presents no bearer token: 401 with [Challenge#missing].
  record Absent() implements Verification {}

  /// The token is not good: 401 with [Challenge#invalid].
  ///
  /// @param description for the caller: no more than RFC 6750 lets it know
  /// @param detail for the operator's log: what was wrong, never the token
  record Rejected(String description, String detail) implements Verification {}

  /// No token can be judged, because the issuer's keys have not been fetched yet: 503.
  ///
  /// @param detail for the operator's log
  record Unavailable(String detail) implements Verification {}
}
