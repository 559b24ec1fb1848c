package dev.manyfactor.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.context.Context;
import dev.manyfactor.json.Int32;
import dev.manyfactor.json.Items;
import dev.manyfactor.json.Scalar;
import dev.manyfactor.json.Scalars;
import dev.manyfactor.json.Sensitive;
import dev.manyfactor.json.Text;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests that break the contract: every violation is named, and the action never runs.
class InputTests {
  private static final String ID = "0b24e5a6-5c1b-4c43-9d5e-8f6d1d2f3a4b";
  private static final String BODY = "{\"text\":\"ada\"}";
  private static final Scalar<String> PIN = Sensitive.of(Text.ANY.matching("^[a-z]*$"));
  private static final AtomicInteger RUNS = new AtomicInteger();
  private static Served served;

  @BeforeAll
  static void start() {
    served =
        Served.serving(
            Served.plain(Method.GET, "/things/{id}", InputTests::prepareThing),
            Served.plain(Method.GET, "/lists", InputTests::prepareLists),
            Served.plain(Method.POST, "/versioned", InputTests::prepareVersioned),
            Served.plain(Method.GET, "/lists/{ids}", InputTests::prepareStyles),
            Echo.at("/echo"));
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  @BeforeEach
  void reset() {
    RUNS.set(0);
  }

  private static Action<Context> prepareThing(Input input) {
    UUID id = input.path("id").required(Scalars.UUID);
    int limit = input.query("limit").withDefault(new Int32(1, 100), 20);
    String sort = input.query("sort").required(Text.ANY.atMost(5));
    input.query("pin").optional(PIN);
    Optional<String> view = input.header("X-View").optional(Text.ANY.atMost(5));
    return _ -> {
      RUNS.incrementAndGet();
      return Served.text(id + " " + limit + " " + sort + " " + view.orElse("-"));
    };
  }

  private static Action<Context> prepareLists(Input input) {
    Items<Integer> limited = Items.of(Int32.ANY).atMost(3);
    Optional<List<Integer>> numbers = input.query("number").optional(limited);
    Optional<List<String>> words = input.queryList("words").optional(Items.of(Text.ANY));
    Optional<List<Integer>> header = input.headerList("X-Numbers").optional(limited);
    input.query("pins").optional(Items.of(PIN));
    return _ -> Served.text(numbers + " " + words + " " + header);
  }

  private static Action<Context> prepareVersioned(Input input) {
    String version = input.header("If-Match").required(Text.ANY);
    return _ -> Served.text("" + version);
  }

  @Test
  void aListIsRepeatedOrSeparatedByCommas() throws IOException {
    assertThat(
            served
                .get("/lists?number=1&words=a,b%2Cc,&number=2", "X-Numbers: 3, 4,", "X-Numbers: 5")
                .body())
        .isEqualTo("Optional[[1, 2]] Optional[[a, b,c, ]] Optional[[3, 4, 5]]");
    assertThat(served.get("/lists").body())
        .isEqualTo("Optional.empty Optional.empty Optional.empty");
  }

  private static Action<Context> prepareStyles(Input input) {
    Items<Integer> limited = Items.of(Int32.ANY).atMost(3);
    List<Integer> ids = input.pathList("ids").required(limited);
    List<String> words =
        input.querySpacedList("words").withDefault(Items.of(Text.ANY), List.of("none"));
    Optional<List<String>> bars = input.queryPipedList("bars").optional(Items.of(Text.ANY));
    return _ -> Served.text(ids + " " + words + " " + bars);
  }

  @Test
  void aListIsReadInTheStyleOfItsPlace() throws IOException {
    assertThat(served.get("/lists/1,2%2C3?words=a%20b+c&bars=a%7Cb,c%7C").body())
        .isEqualTo("[1, 2, 3] [a, b, c] Optional[[a, b,c, ]]");
    assertThat(served.get("/lists/7").body()).isEqualTo("[7] [none] Optional.empty");
    assertThat(served.get("/lists/1,x,,4").body())
        .contains("\"pointer\":\"path.ids/1\",\"rule\":\"type\"")
        .contains("\"pointer\":\"path.ids/2\",\"rule\":\"type\"")
        .contains("\"pointer\":\"path.ids\",\"rule\":\"maxItems\"");
  }

  @Test
  void eachBrokenValueOfAListIsNamedByItsPosition() throws IOException {
    Wire.Answer answer = served.get("/lists?number=1&number=x&number=3", "X-Numbers: 1,2,3,4");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body())
        .contains("\"pointer\":\"query.number/1\",\"rule\":\"type\"")
        .contains("\"pointer\":\"header.x-numbers\",\"rule\":\"maxItems\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "?sort=a|20 a -",
        "?limit=100&sort=|100  -",
        "?sort=%E2%82%AC+b&limit=1|1 € b -",
        "?&sort=a&&|20 a -",
        "?sort=a%26=b|20 a&=b -",
      })
  void parametersAreReadAsTheContractSays(String query, String expected) throws IOException {
    assertThat(served.get("/things/" + ID + query).body()).isEqualTo(ID + ' ' + expected);
  }

  @Test
  void linesOfOneHeaderAreJoined() throws IOException {
    Wire.Answer answer = served.get("/things/" + ID + "?sort=a", "X-View: a", "x-view: b");
    assertThat(answer.body()).endsWith("a, b");
  }

  @Test
  void everyViolationIsNamedAndTheActionNeverRuns() throws IOException {
    Wire.Answer answer =
        served.get("/things/7?limit=101&limitt=3&limitt=4", "X-View: much too long");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
    assertThat(answer.body())
        .contains("\"type\":\"/problems/invalid-request\"", "\"title\":\"Invalid request\"")
        .contains("5 rules are broken")
        .contains("\"pointer\":\"path.id\",\"rule\":\"format\"")
        .contains("\"pointer\":\"query.limit\",\"rule\":\"maximum\"")
        .contains("\"pointer\":\"query.sort\",\"rule\":\"required\"")
        .contains("\"pointer\":\"header.x-view\",\"rule\":\"maxLength\"")
        .containsOnlyOnce("\"pointer\":\"query.limitt\",\"rule\":\"unknown\"")
        .doesNotContain("much too long");
    assertThat(RUNS).hasValue(0);
  }

  @Test
  void parametersAreToldLikeFieldsAndSensitiveOnesByTheirShape() throws IOException {
    Wire.Answer answer = served.get("/things/7?limit=101&sort=a&pin=4711");
    assertThat(answer.body())
        .contains("must be a UUID of 36 characters, but is \\\"7\\\"")
        .contains("must be 100 or less, but is \\\"101\\\"")
        .contains("must match ^[a-z]*$, but is a string of 4 characters")
        .doesNotContain("4711");
    assertThat(served.get("/lists?pins=ab&pins=4711").body())
        .contains("\"pointer\":\"query.pins/1\"", "but is a string of 4 characters")
        .doesNotContain("4711");
  }

  @Test
  void parameterThatIsGivenTwiceIsAViolation() throws IOException {
    assertThat(served.get("/things/" + ID + "?sort=a&sort=b").body())
        .contains("\"pointer\":\"query.sort\",\"rule\":\"maxItems\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"?sort=%zz", "?sort=%", "?sort=%ff", "?sort=%00", "?sort=a&%c3=b"})
  void queryWithABrokenEscapeIsAViolation(String query) throws IOException {
    Wire.Answer answer = served.get("/things/" + ID + query);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("\"pointer\":\"query\",\"rule\":\"format\"");
    assertThat(RUNS).hasValue(0);
  }

  @Test
  void queryOfTooManyParametersIsAViolation() throws IOException {
    String query = "a&".repeat(QueryString.MOST) + "sort=a";
    assertThat(served.get("/things/" + ID + '?' + query).body())
        .contains("\"pointer\":\"query\"")
        .doesNotContain("query.sort"); // which is there, though nobody has read it
  }

  @Test
  void longNameOfAnUnknownParameterIsShortened() throws IOException {
    String name = "%F0%9F%98%80".repeat(65);
    assertThat(served.get("/things/" + ID + "?sort=a&" + name).body())
        .contains("\"pointer\":\"query." + "😀".repeat(64) + "…\"");
  }

  @Test
  void violationsOfABodyAreNamed() throws IOException {
    assertThat(served.post("/echo", "{\"text\":7,\"more\":1}").body())
        .contains("\"pointer\":\"/text\",\"rule\":\"type\"")
        .contains("\"pointer\":\"/more\",\"rule\":\"additionalProperties\"");
  }

  @Test
  void bodyThatIsNotJsonIsAViolation() throws IOException {
    Wire.Answer answer = served.post("/echo", "{\"text\"");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("\"pointer\":\"\",\"rule\":\"json\"");
  }

  @Test
  void requiredBodyThatIsMissingIsAViolation() throws IOException {
    Wire.Answer answer = served.send(Served.request("POST", "/echo") + "\r\n");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("\"pointer\":\"\",\"rule\":\"required\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 3\r\n\r\nabc",
        "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n"
      })
  void bodyThatIsNotExpectedIsRefused(String body) throws IOException {
    Wire.Answer answer = served.send(Served.request("GET", "/things/" + ID + "?sort=a") + body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("/problems/body-not-expected");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json|200",
        "application/json; charset=utf-8|200",
        "application/json;charset=\"UTF-8\"|200",
        "Application/JSON|200",
        "application/json; charset=iso-8859-1|415",
        "application/xml|415",
        "application/x-www-form-urlencoded|415",
        "application/jsonx|415",
        "text/json|415",
        "''|415",
      })
  void bodyMustBeJson(String contentType, int status) throws IOException {
    String head = contentType.isEmpty() ? "" : "Content-Type: " + contentType + "\r\n";
    Wire.Answer answer =
        served.send(
            Served.request("POST", "/echo")
                + head
                + "Content-Length: 14\r\n\r\n{\"text\":\"ada\"}");
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body().contains("Content-Type: application/json")).isEqualTo(status == 415);
    assertThat(answer.header("accept")).isEqualTo(status == 415 ? "application/json" : "");
  }

  @Test
  void conditionThatNobodyLooksAtIsAViolationWhereSomethingWouldBeDone() throws IOException {
    Wire.Answer answer =
        served.post("/echo", BODY, "If-Match: \"v7\"", "If-Unmodified-Since: Thu, 01 Jan 1970");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body())
        .contains("\"pointer\":\"header.if-match\",\"rule\":\"unknown\"")
        .contains("\"pointer\":\"header.if-unmodified-since\"");
    assertThat(served.get("/things/" + ID + "?sort=a", "If-Match: \"v7\"").status()).isEqualTo(200);
    assertThat(served.post("/versioned", BODY, "If-Match: \"v7\"").body()).isEqualTo("\"v7\"");
  }

  @Test
  void compressedBodyIsRefused() throws IOException {
    Wire.Answer answer = served.post("/echo", "{\"text\":\"ada\"}", "Content-Encoding: gzip");
    assertThat(answer.status()).isEqualTo(415);
    assertThat(answer.header("accept-encoding")).isEqualTo("identity");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*/*|200",
        "application/json|200",
        "application/*;q=0.1|200",
        "text/html, application/xhtml+xml, */*;q=0.8|200",
        "text/html|406",
        "application/json;q=0|406",
        "*/*, application/json;q=0.000|406",
        "application/json;q=0.001|200",
        "application/problem+json|406",
        "application/json;q=wrong|200",
        "text/html, application/json|200",
        "APPLICATION/JSON|200",
        "/*|406",
      })
  void answerMustBeAcceptable(String accept, int status) throws IOException {
    Wire.Answer answer = served.get("/things/" + ID + "?sort=a", "Accept: " + accept);
    assertThat(answer.status()).isEqualTo(status);
  }

  @Test
  void answerOfAnotherMediaTypeIsAcceptedUnderItsOwnName() throws IOException {
    Operation csv =
        Served.plain(
                Method.GET, "/csv", _ -> _ -> Response.of(200, "text/csv", "a,b".getBytes(UTF_8)))
            .producing("text/csv");
    Operation either =
        Served.plain(Method.GET, "/either", _ -> _ -> Served.text("{}"))
            .producing("text/csv", "application/json");
    try (Served other = Served.serving(csv, either)) {
      assertThat(other.get("/csv", "Accept: text/csv").header("content-type"))
          .isEqualTo("text/csv");
      assertThat(other.get("/csv", "Accept: text/*;q=0.5").body()).isEqualTo("a,b");
      assertThat(other.get("/csv", "Accept: application/json").status()).isEqualTo(406);
      assertThat(other.get("/either", "Accept: text/csv;q=0, application/*").status())
          .isEqualTo(200);
      assertThat(other.get("/either", "Accept: text/html", "Accept-Charset: utf-7").body())
          .contains("Accept must allow application/json or text/csv");
    }
  }
}
