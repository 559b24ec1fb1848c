package dev.manyfactor.web;

import dev.manyfactor.database.Call;
import dev.manyfactor.database.Write;
import dev.manyfactor.idempotency.Idempotency;
import dev.manyfactor.idempotency.Outcome;
import dev.manyfactor.idempotency.StoredResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Answers requests that have a key: the first with what the handler says, every other one with
/// what was kept of it. Safe on many threads.
final class KeyedAnswer {
  private static final String REPLAYED = "Idempotent-Replayed";
  private static final String RETENTION = "Idempotency-Retention";

  private final Idempotency idempotency;
  private final Optional<ResponseCheck> check;

  KeyedAnswer(Idempotency idempotency, Optional<ResponseCheck> check) {
    this.idempotency = idempotency;
    this.check = check;
  }

  /// Runs the action in the transaction that keeps its answer.
  Response write(KeyedRequest request, Idempotent.Keyed rule, Action<Write> action) {
    var work = new Work<>(rule, action);
    Outcome outcome =
        idempotency.write(request.context(), request.key(), request.fingerprint(), work::run);
    return answer(request.operation(), outcome, work);
  }

  /// Runs the action without a transaction; its one write keeps its answer.
  Response call(KeyedRequest request, Idempotent.Keyed rule, Action<Call> action) {
    var work = new Work<>(rule, action);
    Outcome outcome =
        idempotency.call(request.context(), request.key(), request.fingerprint(), work::run);
    return answer(request.operation(), outcome, work);
  }

  private Response answer(Operation operation, Outcome outcome, Work<?> work) {
    return switch (outcome) {
      case Outcome.Done _ -> published(work.answered());
      case Outcome.RolledBack _ -> work.answered();
      case Outcome.Replayed(var stored) -> replayed(operation, stored);
      case Outcome.InFlight() ->
          throw Fault.IN_FLIGHT.refused("a request with this key is in progress").retrySoon();
      case Outcome.Mismatch() ->
          throw Fault.KEY_REUSED.refused("the key was used for a different request before");
      case Outcome.Expired(var madeAt, var retention) ->
          throw Fault.IDEMPOTENCY_KEY_EXPIRED.refused(
              "the key was made at %s, but must be from the last %s, and at most 5 min ahead of the service"
                  .formatted(madeAt, words(retention)));
      case Outcome.Unknown() ->
          throw Fault.OUTCOME_UNKNOWN
              .refused("it is not known whether the work was done; repeat it with the same key")
              .retrySoon();
    };
  }

  private Response replayed(Operation operation, StoredResponse stored) {
    var response = new Response(stored.status(), stored.headers(), stored.body());
    check.ifPresent(rules -> rules.checked(operation, response));
    return published(response).header(REPLAYED, "true");
  }

  /// Says for how many seconds the request may be repeated.
  private Response published(Response response) {
    return response.header(RETENTION, Long.toString(idempotency.retention().toSeconds()));
  }

  private static String words(Duration retention) {
    return retention.toMinutesPart() == 0
        ? retention.toHours() + " h"
        : retention.toMinutes() + " min";
  }

  /// The handler's work, which runs at most once, and what it answered.
  private static final class Work<T> {
    private final Idempotent.Keyed rule;
    private final Action<T> action;
    private @Nullable Response answered;

    Work(Idempotent.Keyed rule, Action<T> action) {
      this.rule = rule;
      this.action = action;
    }

    StoredResponse run(T transaction) {
      Response response = action.run(transaction).mustBeComplete();
      answered = response;
      var kept = new LinkedHashMap<>(response.headers());
      kept.keySet().retainAll(rule.headers());
      return new StoredResponse(response.status(), kept, response.body());
    }

    Response answered() {
      return Objects.requireNonNull(answered, "the work has not run");
    }
  }
}
