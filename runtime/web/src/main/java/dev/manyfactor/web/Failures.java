package dev.manyfactor.web;

import dev.manyfactor.database.CommitUnknownException;
import dev.manyfactor.database.DatabaseUnavailableException;
import dev.manyfactor.database.StatementException;
import dev.manyfactor.resilience.UpstreamException;
import java.util.Optional;

/// What a client is told of a failure inside: its kind and the trace id, never its message.
final class Failures {

  private Failures() {}

  /// Notes the failure and makes the answer to the request that met it.
  static Response answer(Throwable failure, Observation observation) {
    Optional<Response> expected = expected(failure);
    if (expected.isPresent()) {
      observation.failedByDependency(failure);
      return expected.get();
    }
    observation.failedByBug(failure);
    return Response.problem(
        Fault.INTERNAL.problem("the service failed; its log has more under this trace_id"));
  }

  /// The answer to a failure of something that the service depends on; empty for a bug.
  private static Optional<Response> expected(Throwable failure) {
    return switch (failure) {
      case DatabaseUnavailableException unavailable -> Optional.of(answer(unavailable));
      case UpstreamException upstream -> Optional.of(answer(upstream));
      case CommitUnknownException _ ->
          Optional.of(soon(Fault.OUTCOME_UNKNOWN, "it is not known whether the work was done"));
      case StatementException statement when statement.isTransient() ->
          Optional.of(soon(Fault.UNAVAILABLE, "other work on the same data came first"));
      default -> Optional.empty();
    };
  }

  private static Response answer(DatabaseUnavailableException failure) {
    return switch (failure.reason()) {
      case DEADLINE_PASSED -> soon(Fault.TIMED_OUT, "the database did not answer in time");
      case POOL_EXHAUSTED, NOT_CONNECTED, CONNECTION_LOST ->
          soon(Fault.UNAVAILABLE, "the database is not available");
      case INTERRUPTED -> soon(Fault.NOT_READY, "the service is stopping");
    };
  }

  private static Response answer(UpstreamException failure) {
    return switch (failure) {
      case UpstreamException.TimedOut _ ->
          soon(Fault.TIMED_OUT, "a service that this one depends on did not answer in time");
      case UpstreamException.Unreachable _ ->
          soon(Fault.UNAVAILABLE, "a service that this one depends on is not available");
      case UpstreamException.BadReply _ ->
          soon(Fault.BAD_UPSTREAM, "a service that this one depends on gave no usable answer");
      case UpstreamException.Interrupted _ -> soon(Fault.NOT_READY, "the service is stopping");
    };
  }

  private static Response soon(Fault fault, String detail) {
    return fault.refused(detail).retrySoon().response();
  }
}
