package dev.manyfactor.web;

import dev.manyfactor.context.Context;
import dev.manyfactor.database.Call;
import dev.manyfactor.database.Database;
import dev.manyfactor.database.Read;
import dev.manyfactor.database.Write;
import dev.manyfactor.database.spi.Bracket;
import dev.manyfactor.database.spi.Opening;
import dev.manyfactor.idempotency.Idempotency;
import dev.manyfactor.idempotency.Outcome;
import dev.manyfactor.idempotency.StoredResponse;
import dev.manyfactor.json.Violation;
import java.util.List;
import java.util.Optional;

/// Runs an operation in what its handler asks for, once its request has been decoded.
///
/// Safe on many threads.
final class Transactions {
  private final Optional<Database> database;
  private final Optional<Idempotency> idempotency;
  private final Optional<ResponseCheck> check;

  Transactions(Backing backing, Optional<ResponseCheck> check) {
    this.check = check;
    this.database = backing.database();
    this.idempotency = backing.idempotency();
  }

  /// Decodes the request, then runs its action.
  ///
  /// @throws Refused with 400 naming every violation, or if the key is missing or not good; 409,
  ///   422 or 503 if the key's first request stands in the way
  Response run(Incoming incoming, Context context, Received body, Streaming streaming) {
    Input input = new Input(incoming, body);
    requireBody(incoming, body, input);
    var keyed = new KeyedRequest(incoming, context, body);
    return switch (incoming.route().operation().handler()) {
      case Handler.Plain(var preparation) ->
          streaming.deliver(prepared(preparation, input, keyed).run(context));
      case Handler.Reading(var preparation) -> {
        Action<Read> action = prepared(preparation, input, keyed);
        yield database().read(context, read -> streaming.deliver(action.run(read)));
      }
      case Handler.Writing(var preparation) -> write(keyed, prepared(preparation, input, keyed));
      case Handler.Calling(var preparation) -> call(keyed, prepared(preparation, input, keyed));
    };
  }

  private static void requireBody(Incoming incoming, Received body, Input input) {
    if (incoming.route().operation().body().required() && body.isAbsent()) {
      input.violation(new Violation("", "required", "must be given: the operation needs a body"));
    }
  }

  private <T> Action<T> prepared(Preparation<T> preparation, Input input, KeyedRequest keyed) {
    Action<T> action = preparation.prepare(input);
    List<Violation> violations = input.violations();
    if (violations.isEmpty()) {
      return check
          .<Action<T>>map(
              rules -> transaction -> rules.checked(keyed.operation(), action.run(transaction)))
          .orElse(action);
    }
    keyed.violation().ifPresent(violations::add);
    String detail =
        violations.size() == 1 ? "1 rule is broken" : violations.size() + " rules are broken";
    throw new Refused(
        Response.problem(Fault.INVALID_REQUEST.problem(detail).withViolations(violations)));
  }

  private Response write(KeyedRequest keyed, Action<Write> action) {
    if (!keyed.isKeyed()) {
      return writeUnlessFailed(keyed.context(), action);
    }
    return answer(
        keyed.operation(),
        idempotency()
            .write(
                keyed.context(),
                keyed.key(),
                keyed.fingerprint(),
                write -> stored(action.run(write))));
  }

  /// As with a key: what is answered with 500 or more has had no effect.
  private Response writeUnlessFailed(Context context, Action<Write> action) {
    try (Bracket<Optional<Object>> transaction = database().begin(context, Opening.none())) {
      Response response = transaction.run(action::run).mustBeComplete();
      if (response.status() < 500) {
        transaction.commit();
      }
      return response;
    }
  }

  private Response call(KeyedRequest keyed, Action<Call> action) {
    if (!keyed.isKeyed()) {
      try (var call = new UnkeyedCall(database(), keyed.context())) {
        return call.run(action);
      }
    }
    return answer(
        keyed.operation(),
        idempotency()
            .call(
                keyed.context(),
                keyed.key(),
                keyed.fingerprint(),
                call -> stored(action.run(call))));
  }

  private Response answer(Operation operation, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done(var stored) -> sent(stored);
      case Outcome.RolledBack(var response) -> sent(response);
      case Outcome.Replayed(var stored) -> {
        check.ifPresent(rules -> rules.checked(operation, sent(stored)));
        yield sent(stored).header("Idempotent-Replayed", "true");
      }
      case Outcome.InFlight() ->
          throw Fault.IN_FLIGHT.refused("a request with this key is in progress").retrySoon();
      case Outcome.Mismatch() ->
          throw Fault.KEY_REUSED.refused("the key was used for a different request before");
      case Outcome.Expired(var retention) ->
          throw Fault.IDEMPOTENCY_KEY_EXPIRED.refused(
              "the key is not from the last " + retention.toHours() + " hours");
      case Outcome.Unknown() ->
          throw Fault.OUTCOME_UNKNOWN
              .refused("it is not known whether the work was done; repeat it with the same key")
              .retrySoon();
    };
  }

  private static StoredResponse stored(Response response) {
    Response complete = response.mustBeComplete();
    return new StoredResponse(complete.status(), complete.headers(), complete.body());
  }

  private static Response sent(StoredResponse stored) {
    return new Response(stored.status(), stored.headers(), stored.body());
  }

  private Database database() {
    return database.orElseThrow(() -> new IllegalStateException("there is no database"));
  }

  private Idempotency idempotency() {
    return idempotency.orElseThrow(() -> new IllegalStateException("there is no idempotency"));
  }
}
