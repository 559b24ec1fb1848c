package dev.manyfactor.testing;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// A problem that a service answered with (RFC 9457), for a test to look at.
///
/// Every failure shows the whole answer.
public final class TestProblem {
  private final TestResponse response;

  private TestProblem(TestResponse response) {
    this.response = response;
  }

  static TestProblem of(TestResponse response, int status, String name) {
    var problem = new TestProblem(response);
    problem.mustBe("status", String.valueOf(status), String.valueOf(response.status()));
    problem.mustBe(
        "Content-Type", "application/problem+json", response.header("Content-Type").orElse("none"));
    problem.mustBe("/status", String.valueOf(status), response.text("/status"));
    problem.mustBe("/type", "/problems/" + name, response.text("/type"));
    return problem;
  }

  /// This problem, if it names a place of the request, and the rule that is broken there.
  ///
  /// @param pointer a JSON pointer into the body, or `query/limit` and the like
  /// @param rule the keyword of the contract, for example `minimum`
  public TestProblem names(String pointer, String rule) {
    if (!errors().contains(pointer + " " + rule)) {
      throw failure(pointer + " " + rule + " among the errors", String.join(", ", errors()));
    }
    return this;
  }

  /// This problem, if it names these places of the request and no others.
  public TestProblem namesOnly(String... pointers) {
    Set<String> expected = new TreeSet<>(List.of(pointers));
    Set<String> named = new TreeSet<>();
    list().forEach(error -> named.add(error.path("pointer").asString("")));
    if (!expected.equals(named)) {
      throw failure("errors at " + String.join(", ", expected), String.join(", ", named));
    }
    return this;
  }

  /// This problem, if its detail contains a text.
  public TestProblem says(String part) {
    if (!response.text("/detail").contains(part)) {
      throw failure("a detail with \"" + part + '"', response.text("/detail"));
    }
    return this;
  }

  /// The answer that it came in.
  public TestResponse response() {
    return response;
  }

  private List<String> errors() {
    return list().stream()
        .map(error -> error.path("pointer").asString("") + " " + error.path("rule").asString(""))
        .toList();
  }

  private List<JsonNode> list() {
    return response.json().at("/errors").valueStream().toList();
  }

  private void mustBe(String what, String expected, String actual) {
    if (!expected.equals(actual)) {
      throw failure(what + " " + expected, actual);
    }
  }

  private AssertionError failure(String expected, String actual) {
    return new AssertionError(
        "expected a problem with " + expected + " but got " + actual + "\nin " + response);
  }
}
