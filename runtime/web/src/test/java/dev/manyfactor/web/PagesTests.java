package dev.manyfactor.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.manyfactor.resilience.TimeAndChance;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is served beside the operations.
class PagesTests {
  private final Operation fast = Served.answering("/fast", "{}");

  @Test
  void contractIsServedByteForByte() throws IOException {
    try (Served served = Served.serving(fast);
        var file = ClassLoader.getSystemResourceAsStream("META-INF/manyfactor/test.openapi.yaml")) {
      Wire.Answer answer = served.get("/openapi.yaml");
      assertThat(answer.header("content-type")).isEqualTo("application/yaml");
      assertThat(answer.body()).isEqualTo(new String(file.readAllBytes(), UTF_8));
    }
  }

  @Test
  void pageOfTheContractIsForPeopleAndDoesNothingElse() throws IOException {
    try (Served served = Served.serving(fast);
        var file = ClassLoader.getSystemResourceAsStream("META-INF/manyfactor/test.html")) {
      Wire.Answer answer = served.get("/openapi");
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("content-type")).isEqualTo("text/html; charset=utf-8");
      assertThat(answer.header("content-security-policy"))
          .startsWith("default-src 'none'; style-src 'unsafe-inline';");
      assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
      assertThat(answer.body()).isEqualTo(new String(file.readAllBytes(), UTF_8));
    }
  }

  @Test
  void everyKindOfProblemHasAPage() throws IOException {
    try (Served served = Served.serving(fast)) {
      for (Fault fault : Fault.values()) {
        Problem problem = fault.problem("");
        Wire.Answer page = served.get(problem.type());
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("content-type")).isEqualTo("text/markdown; charset=utf-8");
        assertThat(page.body())
            .startsWith("# " + problem.title() + "\n\n`" + problem.type() + "`, status ")
            .contains("**What to do.** ", "**May the same request be sent again?** ");
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/html,application/xhtml+xml,*/*;q=0.8|text/html",
        "text/markdown;q=0.5, text/*|text/html",
        "text/markdown, text/html|text/markdown",
        "*/*|text/markdown",
        "application/json|text/markdown",
      })
  void pageOfAProblemIsReadableInABrowser(String accept, String expected) throws IOException {
    try (Served served = Served.serving(fast)) {
      Wire.Answer page = served.get("/problems/not-found", "Accept: " + accept);
      assertThat(page.header("content-type")).isEqualTo(expected + "; charset=utf-8");
      assertThat(page.header("vary")).isEqualTo("Accept");
      if (expected.equals("text/html")) {
        assertThat(page.header("content-security-policy")).isEqualTo("default-src 'none'");
        assertThat(page.body())
            .startsWith("<!doctype html>")
            .contains("<h1>Not found</h1>", "<code>/openapi.yaml</code>")
            .doesNotContain("src=", "href=");
      }
    }
  }

  @Test
  void problemOfTheServiceItselfHasAPageThatLeadsToTheContract() throws IOException {
    try (Served served = Served.serving(fast)) {
      String type = Problem.of(409, "insufficient-funds", "").type();
      assertThat(served.get(type).body())
          .startsWith("# Insufficient funds\n")
          .contains("`/openapi.yaml`");
      for (String name : List.of("", "No", "a/b", "a--b", "a<b", "%3Cb%3E", "x".repeat(81))) {
        assertThat(served.get("/problems/" + name).status()).as(name).isIn(400, 404);
      }
    }
  }

  @Test
  void pagesAreOnlyRead() throws IOException {
    try (Served served = Served.serving(fast)) {
      for (String path :
          List.of("/openapi.yaml", "/openapi", "/problems/not-found", "/livez", "/readyz")) {
        Wire.Answer answer = served.post(path, "{}");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("allow")).isEqualTo("GET, HEAD, OPTIONS");
      }
    }
  }

  @Test
  void contractThatIsNotOnTheClassPathDoesNotStart() {
    var parts =
        new WebParts(
            new Routes("META-INF/manyfactor/lost.yaml", List.of(fast)),
            Backing.NONE,
            new Probes(List.of()),
            new Instruments(OpenTelemetry.noop(), TimeAndChance.ofSystem()));
    var settings = new WebSettings(0, Optional.empty(), Optional.empty(), WebLimits.DEFAULT);
    assertThatThrownBy(() -> new WebServer(settings, parts))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("META-INF/manyfactor/lost.yaml is not on the class path");
  }

  @Test
  void operationOnAPathOfTheServerDoesNotStart() {
    assertThatThrownBy(() -> Served.serving(Served.answering("/readyz", "{}")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has the path /readyz of the server itself");
  }

  @Test
  void probesOnTheApiPortTellStrangersOnlyWhether() throws IOException {
    var probes =
        new Probes(List.of(new Check("database", () -> Optional.of("db.internal is down"))));
    try (Served served = Served.with(Served.setup().probes(probes), fast)) {
      Wire.Answer ready = served.get("/readyz");
      assertThat(ready.status()).isEqualTo(503);
      assertThat(ready.body()).isEqualTo("{\"ready\":false}");
      assertThat(served.get("/livez").status()).isEqualTo(200);
      assertThat(served.get("/metrics").status()).isEqualTo(404);
    }
  }
}
