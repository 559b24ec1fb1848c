package dev.manyfactor.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.database.Database;
import dev.manyfactor.database.TestPostgres;
import dev.manyfactor.json.Codec;
import dev.manyfactor.json.Field;
import dev.manyfactor.json.Fields;
import dev.manyfactor.json.Int32;
import dev.manyfactor.json.JsonReader;
import dev.manyfactor.json.JsonWriter;
import dev.manyfactor.json.Text;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// An answer that breaks the contract is not sent; in tests and development it is read once more.
class ResponseCheckTests {
  private static final Operation GOOD =
      Served.plain(Method.GET, "/good", _ -> _ -> Response.json(200, Echo.CODEC, new Echo("ada")));
  private static final Operation PROBLEM =
      Served.plain(
          Method.GET, "/problem", _ -> _ -> Response.problem(Problem.of(409, "too-much", "no")));
  private static final Operation EMPTY =
      Served.plain(Method.GET, "/empty", _ -> _ -> Response.empty(204));

  @Test
  void answersThatKeepTheContractPass() throws IOException {
    Operation csv = answering("/csv", "text/csv; charset=utf-8", "a,b").producing("text/csv");
    try (Served served = checking(GOOD, PROBLEM, EMPTY, csv)) {
      assertThat(served.get("/good").status()).isEqualTo(200);
      assertThat(served.get("/problem").status()).isEqualTo(409);
      assertThat(served.get("/empty").status()).isEqualTo(204);
      assertThat(served.get("/csv").status()).isEqualTo(200);
    }
  }

  @Test
  void valueThatBreaksARuleIsNeverWritten() throws IOException {
    Operation bad =
        Served.plain(
            Method.GET,
            "/bad",
            _ -> _ -> Response.json(200, Echo.CODEC, new Echo("x".repeat(901))));
    try (Served served = Served.serving(bad);
        var lines = new LogLines()) {
      assertThat(served.get("/bad").status()).isEqualTo(500);
      assertThat(lines.failures()).singleElement().asString().contains("'/text': maxLength: ");
    }
  }

  @Test
  void codecThatWritesOtherThanItReadsIsCaught() throws IOException {
    Operation careless =
        Served.plain(
            Method.GET,
            "/careless",
            _ -> _ -> Response.json(200, new CarelessCodec(), "x").header("X-More", "y"));
    assertCaught(
        careless,
        "the answer of operation get/careless, status 200, breaks the contract:",
        "'/size': type: must be a number, but is a string",
        "'/colour': additionalProperties: ");
    try (Served served = Served.serving(careless)) {
      assertThat(served.get("/careless").status()).as("without the check").isEqualTo(200);
    }
  }

  @Test
  void answerOfAnotherMediaTypeIsCaught() throws IOException {
    assertCaught(
        answering("/html", "text/html", "<p>"),
        "'header.content-type': content: must be application/json, but is text/html");
    assertCaught(
        Served.plain(
            Method.GET, "/unnamed", _ -> _ -> new Response(200, Map.of(), "x".getBytes(UTF_8))),
        "must be application/json, but is ");
    assertCaught(
        Served.plain(
            Method.GET,
            "/plain",
            _ -> _ -> Response.of(404, "application/json", "{}".getBytes(UTF_8))),
        "must be application/problem+json, but is application/json");
  }

  @Test
  void answerThatIsNotJsonIsCaught() throws IOException {
    assertCaught(answering("/broken", "application/json", "{\"a\":1,\"a\":2}"), "'': json: line 1");
  }

  @Test
  void answerThatIsCaughtLeavesNothing() throws IOException {
    TestPostgres postgres = Notes.database();
    Operation careless =
        Notes.writing(
            "/careless",
            input -> {
              String text = Notes.text(input);
              return write -> {
                Notes.add(write, text);
                return Response.json(200, new CarelessCodec(), "x");
              };
            });
    try (Database database = postgres.open();
        Served served =
            Served.with(Served.setup().backing(Notes.backing(database)).checking(), careless)) {
      assertThat(served.post("/careless", "{\"text\":\"a\"}", Notes.ADA).status()).isEqualTo(500);
    }
    assertThat(postgres.ask("select text from note")).isEmpty();
  }

  private static Served checking(Operation... operations) {
    return Served.with(Served.setup().checking(), operations);
  }

  private static Operation answering(String path, String mediaType, String text) {
    return Served.plain(
        Method.GET, path, _ -> _ -> Response.of(200, mediaType, text.getBytes(UTF_8)));
  }

  private static void assertCaught(Operation operation, String... words) throws IOException {
    try (Served served = checking(operation);
        var lines = new LogLines()) {
      Wire.Answer answer = served.get(operation.path());
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.body()).contains("/problems/internal-error").doesNotContain("contract");
      assertThat(lines.failures()).singleElement().asString().contains(words);
    }
  }

  /// Writes other than it reads.
  private static final class CarelessCodec implements Codec<String> {
    private static final Field<Integer> SIZE = Field.required("size", Int32.ANY);
    private static final Field<String> SIZE_AS_TEXT = Field.required("size", Text.ANY);
    private static final Field<String> COLOUR = Field.required("colour", Text.ANY);
    private static final Fields FIELDS = Fields.closed(SIZE);

    @Override
    public @Nullable String read(JsonReader in) {
      var fields = in.object(FIELDS);
      return fields == null ? null : "" + fields.value(SIZE);
    }

    @Override
    public void write(JsonWriter out, String value) {
      out.startObject().field(SIZE_AS_TEXT, value).field(COLOUR, value).endObject();
    }
  }
}
