package dev.manyfactor.testing;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a service answered.
public final class TestResponse {
  private final HttpResponse<byte[]> response;

  TestResponse(HttpResponse<byte[]> response) {
    this.response = response;
  }

  /// The trace that its request began or continued, see [TestService#trace].
  public String traceId() {
    return response.request().headers().firstValue("traceparent").orElseThrow().substring(3, 35);
  }

  /// The status code.
  public int status() {
    return response.statusCode();
  }

  /// The first value of a header, its name in any case.
  public Optional<String> header(String name) {
    return response.headers().firstValue(name);
  }

  /// A copy of the body, byte for byte.
  public byte[] bytes() {
    return response.body().clone();
  }

  /// The body as text.
  public String text() {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  /// The body as JSON.
  ///
  /// @throws AssertionError if it is none
  public JsonNode json() {
    try {
      return JsonMapper.shared().readTree(response.body());
    } catch (RuntimeException none) {
      throw new AssertionError("not JSON: " + this, none);
    }
  }

  /// A text in the body, by its JSON pointer (RFC 6901), for example `/status`.
  public String text(String pointer) {
    return json().at(pointer).asString();
  }

  /// This answer, if it has this status.
  ///
  /// @throws AssertionError with the whole answer
  public TestResponse expect(int status) {
    if (status() != status) {
      throw new AssertionError("expected status " + status + " but got " + this);
    }
    return this;
  }

  /// This answer as a problem, if it is one of this status and kind.
  ///
  /// @param name the end of its type, for example `not-found` of `/problems/not-found`
  /// @throws AssertionError with the whole answer
  public TestProblem expectProblem(int status, String name) {
    return TestProblem.of(this, status, name);
  }

  @Override
  public String toString() {
    return status() + " " + response.request().method() + " " + response.uri() + "\n" + text();
  }
}
