package dev.manyfactor.web;

import dev.manyfactor.database.Database;
import dev.manyfactor.idempotency.Idempotency;
import dev.manyfactor.identity.Authenticator;
import java.util.Optional;

/// What the operations of a service stand on; a service without tenants needs none of it.
///
/// @param database needed by every operation that reads, writes or calls
/// @param idempotency needed by every keyed operation
/// @param authenticator needed by every operation that is not public
public record Backing(
    Optional<Database> database,
    Optional<Idempotency> idempotency,
    Optional<Authenticator> authenticator) {

  /// For a service of public operations that keeps nothing.
  public static final Backing NONE =
      new Backing(Optional.empty(), Optional.empty(), Optional.empty());
}
