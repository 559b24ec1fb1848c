package dev.manyfactor.web;

import dev.manyfactor.context.Context;
import dev.manyfactor.database.Call;
import dev.manyfactor.database.Database;
import dev.manyfactor.database.Read;
import dev.manyfactor.database.Write;
import dev.manyfactor.database.spi.Bracket;
import dev.manyfactor.database.spi.Opening;
import dev.manyfactor.json.Violation;
import java.util.List;
import java.util.Optional;

/// Runs an operation in what its handler asks for, once its request has been decoded.
///
/// Safe on many threads.
final class Transactions {
  private final Optional<Database> database;
  private final Optional<KeyedAnswer> keyedAnswer;
  private final Optional<ResponseCheck> check;

  Transactions(Backing backing, Optional<ResponseCheck> check) {
    this.check = check;
    this.database = backing.database();
    this.keyedAnswer = backing.idempotency().map(keys -> new KeyedAnswer(keys, check));
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
    return keyed.operation().idempotent() instanceof Idempotent.Keyed rule
        ? keyedAnswer().write(keyed, rule, action)
        : writeUnlessFailed(keyed.context(), action);
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
    if (keyed.operation().idempotent() instanceof Idempotent.Keyed rule) {
      return keyedAnswer().call(keyed, rule, action);
    }
    try (var call = new UnkeyedCall(database(), keyed.context())) {
      return call.run(action);
    }
  }

  private Database database() {
    return database.orElseThrow(() -> new IllegalStateException("there is no database"));
  }

  private KeyedAnswer keyedAnswer() {
    return keyedAnswer.orElseThrow(() -> new IllegalStateException("there is no idempotency"));
  }
}
