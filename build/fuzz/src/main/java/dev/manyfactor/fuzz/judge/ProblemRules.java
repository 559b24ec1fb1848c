package dev.manyfactor.fuzz.judge;

import dev.manyfactor.fuzz.contract.ApiResponse;
import dev.manyfactor.fuzz.generate.Draft;
import dev.manyfactor.fuzz.wire.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// What every refusal has to be: a problem (RFC 9457) with the trace id, and the headers that HTTP
/// asks for beside its status.
final class ProblemRules {
  private static final String PROBLEM = "application/problem+json";
  private static final Pattern TRACE_ID = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern TRACE_PARENT =
      Pattern.compile("00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");

  private final Schemas schemas;
  private final Draft draft;
  private final Reply.Answer answer;
  private final List<Fault> faults = new ArrayList<>();

  ProblemRules(Schemas schemas, Draft draft, Reply.Answer answer) {
    this.schemas = schemas;
    this.draft = draft;
    this.answer = answer;
  }

  List<Fault> faults(boolean isHead) {
    require(
        answer.header("Content-Type").equals(Optional.of(PROBLEM)),
        "content-type",
        "is " + answer.header("Content-Type"));
    require(
        answer.status() != 405 || answer.header("Allow").isPresent(), "allow", "405 without Allow");
    require(
        answer.status() != 401 || answer.header("WWW-Authenticate").isPresent(),
        "www-authenticate",
        "401 without WWW-Authenticate");
    if (!isHead) {
      Optional<JsonNode> problem = Schemas.parsed(answer.body().array());
      require(problem.isPresent(), "problem", "is no JSON");
      problem.ifPresent(this::members);
    }
    return faults;
  }

  private void members(JsonNode problem) {
    require(problem.path("status").asInt(0) == answer.status(), "problem", "has another status");
    require(problem.path("type").asString("").startsWith("/problems/"), "problem", "has no type");
    require(!problem.path("title").asString("").isBlank(), "problem", "has no title");
    String trace = problem.path("trace_id").asString("");
    require(TRACE_ID.matcher(trace).matches(), "trace-id", "is " + trace);
    given().ifPresent(id -> require(trace.equals(id), "trace-id", "is not that of the request"));
    for (JsonNode error : problem.path("errors").values()) {
      boolean whole =
          error.path("pointer").isString()
              && !error.path("rule").asString("").isBlank()
              && !error.path("detail").asString("").isBlank();
      require(whole, "problem", "an error lacks pointer, rule or detail");
    }
    draft
        .operation()
        .response(answer.status())
        .map(ApiResponse::schemas)
        .map(all -> all.get(PROBLEM))
        .flatMap(pointer -> schemas.fault(pointer, problem))
        .ifPresent(fault -> require(false, "schema", fault));
  }

  /// The trace that the request named, where it did in good form and could be read.
  private Optional<String> given() {
    if (draft.delivery() instanceof Draft.Delivery.AsIs) {
      return Optional.empty();
    }
    return draft.head().headers().stream()
        .filter(header -> header.name().equals("traceparent"))
        .map(header -> TRACE_PARENT.matcher(header.value()))
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1))
        .filter(id -> !id.matches("0+"))
        .findFirst()
        .filter(_ -> !isOfParser());
  }

  /// Refused before the headers, or all of them, were read.
  private boolean isOfParser() {
    return answer.status() == 431
        || answer.status() == 414
        || Oracle.member(answer, "type").endsWith("/bad-request");
  }

  private void require(boolean holds, String rule, String detail) {
    if (!holds) {
      faults.add(new Fault(rule, detail + ": " + answer.status() + " " + answer.text()));
    }
  }
}
