package dev.manyfactor.web;

import dev.manyfactor.context.Context;
import dev.manyfactor.identity.Authenticator;
import dev.manyfactor.identity.Challenge;
import dev.manyfactor.identity.Verification;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets a request to an operation pass, or says why not: who asks, with which scopes, for whom.
///
/// Safe on many threads.
final class Authentication {
  private static final Logger LOG = LoggerFactory.getLogger(Authentication.class);
  private static final String CHALLENGE = "WWW-Authenticate";

  private final Optional<Authenticator> authenticator;

  Authentication(Optional<Authenticator> authenticator) {
    this.authenticator = authenticator;
  }

  /// The context in which the operation may run.
  ///
  /// @throws Refused with 401 for an unknown caller, 403 without a needed scope or tenant, 503
  ///   while no token can be judged
  Context admit(Incoming incoming, Context context) {
    Operation operation = incoming.route().operation();
    return switch (operation.access()) {
      case Access.Public() -> context;
      case Access.Scopes scopes -> accepted(operation, scopes, verify(incoming, context), context);
    };
  }

  private Verification.Accepted verify(Incoming incoming, Context context) {
    Authenticator judge =
        authenticator.orElseThrow(() -> new IllegalStateException("there is no authenticator"));
    String authorization = incoming.header("Authorization").orElse("");
    return switch (context.<Verification, RuntimeException>call(
        () -> judge.verify(authorization))) {
      case Verification.Accepted accepted -> accepted;
      case Verification.Absent() -> throw unknown("send a bearer token", Challenge.missing());
      case Verification.Rejected rejected -> {
        LOG.info("a token is refused: {}", rejected.detail());
        String description = rejected.description();
        throw unknown("the token is not good: " + description, Challenge.invalid(description));
      }
      case Verification.Unavailable unavailable -> {
        LOG.error("no token can be judged: {}", unavailable.detail());
        throw Fault.UNAVAILABLE.refused("tokens cannot be verified at the moment").retrySoon();
      }
    };
  }

  private static Context accepted(
      Operation operation, Access.Scopes scopes, Verification.Accepted accepted, Context context) {
    if (!accepted.caller().has(scopes.all())) {
      throw Fault.FORBIDDEN
          .refused("the token lacks a scope that the operation needs; see WWW-Authenticate")
          .with(CHALLENGE, Challenge.insufficientScope(scopes.all()));
    }
    Context known = context.withCaller(accepted.caller());
    if (accepted.tenant().isPresent()) {
      return known.withTenant(accepted.tenant().get());
    }
    if (operation.handler() instanceof Handler.Plain) {
      return known;
    }
    throw Fault.FORBIDDEN.refused("the token names no tenant, which the operation needs");
  }

  private static Refused unknown(String detail, String challenge) {
    return Fault.UNAUTHENTICATED.refused(detail).with(CHALLENGE, challenge);
  }
}
