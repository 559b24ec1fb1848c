package dev.manyfactor.fuzz.judge;

import dev.manyfactor.fuzz.contract.ApiOperation;
import dev.manyfactor.fuzz.generate.Draft;
import dev.manyfactor.fuzz.generate.Expected;
import dev.manyfactor.fuzz.wire.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// Judges what came back for a request. Safe on many threads.
public final class Oracle {
  private static final Set<Integer> FAILURES = Set.of(500, 502, 503, 504);

  private final Schemas schemas;

  /// @param schemas of the contract that the service keeps
  public Oracle(Schemas schemas) {
    this.schemas = schemas;
  }

  /// Everything that is wrong with the reply; empty if nothing is.
  public List<Fault> judge(Draft draft, Expected expected, Reply reply) {
    return switch (reply) {
      case Reply.Silence() -> List.of(new Fault("hang", "there was no answer in time"));
      case Reply.Broken(var how) -> List.of(new Fault("no-answer", "the connection ended: " + how));
      case Reply.Answer answer -> judge(draft, expected, answer);
    };
  }

  private List<Fault> judge(Draft draft, Expected expected, Reply.Answer answer) {
    if (FAILURES.contains(answer.status())) {
      return List.of(new Fault("failure", "status " + answer.status() + ": " + answer.text()));
    }
    var faults = new ArrayList<Fault>();
    String request = new String(draft.bytes(), StandardCharsets.UTF_8);
    Leaks.in(answer, request).ifPresent(faults::add);
    boolean isHead = draft.head().method().equals("HEAD");
    if (answer.status() >= 400) {
      faults.addAll(new ProblemRules(schemas, draft, answer).faults(isHead));
    } else if (!(expected instanceof Expected.Answered)) {
      faults.addAll(new ResponseRules(schemas, draft.operation(), answer).faults(isHead));
    }
    owed(draft, expected, answer, isHead).ifPresent(faults::add);
    return faults;
  }

  private static Optional<Fault> owed(
      Draft draft, Expected expected, Reply.Answer answer, boolean isHead) {
    return switch (expected) {
      case Expected.Served() -> served(draft.operation(), answer);
      case Expected.Violating(var pointers) ->
          isHead ? status(Set.of(400), answer) : violating(pointers, answer);
      case Expected.Refused(var statuses, var type) ->
          status(statuses, answer).or(() -> isHead ? Optional.empty() : type(type, answer));
      case Expected.Answered(var status) -> status(Set.of(status), answer);
      case Expected.Either() -> Optional.empty();
      case Expected.After _, Expected.Replayed() -> Optional.empty();
    };
  }

  private static Optional<Fault> served(ApiOperation operation, Reply.Answer answer) {
    if (!operation.declares(answer.status())) {
      return Optional.of(
          new Fault("not-served", "a valid request got " + answer.status() + ": " + answer.text()));
    }
    boolean isInvalid = member(answer, "type").endsWith("/invalid-request");
    return isInvalid
        ? Optional.of(new Fault("not-served", "a valid request was refused: " + answer.text()))
        : Optional.empty();
  }

  private static Optional<Fault> status(Set<Integer> statuses, Reply.Answer answer) {
    return statuses.contains(answer.status())
        ? Optional.empty()
        : Optional.of(
            new Fault(
                "wrong-status",
                "expected one of " + statuses + ", got " + answer.status() + ": " + answer.text()));
  }

  private static Optional<Fault> type(String type, Reply.Answer answer) {
    String found = member(answer, "type");
    return type.isEmpty() || found.endsWith("/" + type)
        ? Optional.empty()
        : Optional.of(new Fault("wrong-type", "expected " + type + ", got " + answer.text()));
  }

  private static Optional<Fault> violating(Set<String> pointers, Reply.Answer answer) {
    Optional<Fault> other = status(Set.of(400), answer).or(() -> type("invalid-request", answer));
    if (other.isPresent()) {
      return other;
    }
    Set<String> named = new TreeSet<>();
    Schemas.parsed(answer.body().array())
        .ifPresent(problem ->
            problem
                .path("errors")
                .values()
                .forEach(it -> named.add(it.path("pointer").asString(""))));
    return named.equals(pointers)
        ? Optional.empty()
        : Optional.of(
            new Fault(
                "wrong-place", "expected " + new TreeSet<>(pointers) + ", got " + answer.text()));
  }

  /// Whether an answer is the one that was given before.
  public static List<Fault> replayed(Reply first, Reply second) {
    if (first instanceof Reply.Answer before && second instanceof Reply.Answer after) {
      boolean same =
          before.status() == after.status()
              && Arrays.equals(before.body().array(), after.body().array());
      boolean said = after.header("Idempotent-Replayed").filter("true"::equals).isPresent();
      return same && said
          ? List.of()
          : List.of(
              new Fault(
                  "not-replayed",
                  before.status()
                      + " "
                      + before.text()
                      + " then "
                      + after.status()
                      + " "
                      + after.text()));
    }
    return List.of(new Fault("not-replayed", first + " then " + second));
  }

  static String member(Reply.Answer answer, String name) {
    return Schemas.parsed(answer.body().array())
        .map(problem -> problem.path(name))
        .filter(JsonNode::isString)
        .map(JsonNode::asString)
        .orElse("");
  }
}
