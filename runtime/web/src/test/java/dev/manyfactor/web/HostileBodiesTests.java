package dev.manyfactor.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.json.Codec;
import dev.manyfactor.json.Decimal;
import dev.manyfactor.json.Field;
import dev.manyfactor.json.Fields;
import dev.manyfactor.json.Int64;
import dev.manyfactor.json.Json;
import dev.manyfactor.json.JsonReader;
import dev.manyfactor.json.JsonWriter;
import dev.manyfactor.json.Text;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Bodies at and beyond each bound: a value is taken or refused, never guessed, and the connection
/// goes on behind a body that was read to its end.
class HostileBodiesTests {
  private static Served served;

  @BeforeAll
  static void start() {
    served = Served.serving(operation());
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  private static Operation operation() {
    Operation small =
        Served.plain(
            Method.POST,
            "/bounds",
            input -> {
              input.body(new BoundsCodec());
              return _ -> Served.text("{}");
            });
    return new Operation(
        small.id(),
        small.method(),
        small.path(),
        small.access(),
        small.idempotent(),
        small.deadline(),
        BodyRule.json(true, 6 << 20),
        small.handler());
  }

  /// A body, and the rule that it breaks; none if it is taken.
  record Body(String name, String bytes, String rule) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Body> bodies() {
    String deepest = "[".repeat(Json.MAX_DEPTH - 1);
    return Stream.of(
        new Body("as deep as it may be", more(deepest + "]".repeat(Json.MAX_DEPTH - 1)), ""),
        new Body("deeper", more("[" + deepest + "]".repeat(Json.MAX_DEPTH)), "json"),
        new Body("far deeper, never closed", more("[".repeat(100_000)), "json"),
        new Body("string as long as it may be", more(text(Json.MAX_STRING)), ""),
        new Body("longer string", more(text(Json.MAX_STRING + 1)), "json"),
        new Body("longer name", "{\"" + "n".repeat(Json.MAX_NAME + 1) + "\":1}", "json"),
        new Body("number of many digits", more("1".repeat(Json.MAX_NUMBER)), ""),
        new Body("number of more digits", more("1".repeat(Json.MAX_NUMBER + 1)), "json"),
        new Body("huge exponent", "{\"amount\":1e999999999}", "format"),
        new Body("huge negative exponent", "{\"amount\":1e-999999999}", "format"),
        new Body("exponent beyond int", "{\"amount\":1e99999999999}", "format"),
        new Body("many digits", "{\"amount\":" + "9".repeat(61) + "}", "format"),
        new Body("as many digits as may be", "{\"amount\":" + "9".repeat(60) + "}", ""),
        new Body("huge exponent of a whole number", "{\"count\":1e999999999}", "maximum"),
        new Body("beyond 64 bits", "{\"count\":9223372036854775808}", "maximum"),
        new Body("the last of 64 bits", "{\"count\":9223372036854775807}", ""),
        new Body("a fraction of a whole number", "{\"count\":1.5}", "type"),
        new Body("a whole number with a point", "{\"count\":1.0}", ""),
        new Body("NaN", "{\"amount\":NaN}", "json"),
        new Body("leading zero", "{\"count\":01}", "json"),
        new Body("leading plus", "{\"count\":+1}", "json"),
        new Body("duplicate name", "{\"count\":1,\"count\":2}", "json"),
        new Body("duplicate name, escaped", "{\"count\":1,\"c\\u006funt\":2}", "json"),
        new Body("duplicate name, deep", more("{\"a\":[{\"b\":1,\"b\":1}]}"), "json"),
        new Body("overlong UTF-8", more("\"\u00c0\u00af\""), "json"),
        new Body("half of UTF-8", more("\"\u00e2\u0082\""), "json"),
        new Body("surrogate in UTF-8", more("\"\u00ed\u00a0\u0080\""), "json"),
        new Body("half of an escaped pair", more("\"\\ud83d\""), "json"),
        new Body("U+0000, escaped", "{\"text\":\"\\u0000\"}", "format"),
        new Body("control character", more("\"\u0007\""), "json"),
        new Body("byte order mark", "\u00ef\u00bb\u00bf{}", "json"),
        new Body("UTF-16", "\0{\0}", "json"),
        new Body("two documents", "{}{}", "json"),
        new Body("comment", "{/* */}", "json"),
        new Body("single quotes", "{'count':1}", "json"),
        new Body("trailing comma", "{\"count\":1,}", "json"),
        new Body("white space alone", "   ", "json"),
        new Body("null", "null", "type"),
        new Body("a name that Java has", more("{\"__proto__\":1,\"@class\":\"x\"}"), ""));
  }

  private static String more(String value) {
    return "{\"more\":" + value + "}";
  }

  private static String text(int length) {
    return '"' + "x".repeat(length) + '"';
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void bodyIsTakenOrRefusedByItsRule(Body body) throws IOException {
    String request =
        Served.request("POST", "/bounds")
            + "Content-Type: application/json\r\nContent-Length: "
            + body.bytes().length()
            + "\r\n\r\n"
            + body.bytes();
    try (Wire wire = served.connect()) {
      Wire.Answer answer = wire.send(request).read();
      if (body.rule().isEmpty()) {
        assertThat(answer.status()).isEqualTo(200);
      } else {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("\"rule\":\"" + body.rule() + '"');
        assertThat(answer.body().length()).as("the answer is short").isLessThan(1000);
      }
      assertThat(wire.send(Served.request("OPTIONS", "/bounds") + "\r\n").readHead().status())
          .as("the next answer on the connection")
          .isEqualTo(204);
    }
  }

  /// An object that takes fields it does not know.
  private static final class BoundsCodec implements Codec<String> {
    private static final Field<Optional<BigDecimal>> AMOUNT = Field.optional("amount", Decimal.ANY);
    private static final Field<Optional<Long>> COUNT = Field.optional("count", Int64.ANY);
    private static final Field<Optional<String>> TEXT = Field.optional("text", Text.ANY);
    private static final Fields FIELDS = Fields.open(AMOUNT, COUNT, TEXT);

    @Override
    public @Nullable String read(JsonReader in) {
      return in.object(FIELDS) == null ? null : "read";
    }

    @Override
    public void write(JsonWriter out, String value) {
      throw new UnsupportedOperationException("this is only read");
    }
  }
}
