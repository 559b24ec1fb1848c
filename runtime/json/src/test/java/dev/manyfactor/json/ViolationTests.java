package dev.manyfactor.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Every broken rule of a document, with its pointer.
class ViolationTests {
  @Test
  void aDocumentThatKeepsEveryRuleGoesBothWaysUnchanged() {
    Example example = valid(Example.JSON);
    assertThat(example.amount()).isEqualTo(9007199254740993L);
    assertThat(example.rate()).isEqualTo("0.10");
    assertThat(example.note()).contains("grüße 🎈");
    assertThat(example.lines().get(1)).isEqualTo(new Example.Line("two", Optional.empty()));
    assertThat(Json.bytes(Example.CODEC, example))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo(Example.JSON);
  }

  @Test
  void aFieldThatIsAbsentHasItsDefault() {
    assertThat(valid(Example.JSON.replace("\"tries\":2,", "")).tries()).isEqualTo(1);
  }

  @Test
  void fieldsMayComeInAnyOrder() {
    String moved =
        Example.JSON.replace("\"tries\":2,", "").replace("{\"id\"", "{\"tries\":2,\"id\"");
    assertThat(valid(moved)).isEqualTo(valid(Example.JSON));
  }

  @Test
  void everyViolationIsReportedAtOnceInTheOrderOfTheDocument() {
    assertThat(
            rules(
                """
                {"id":"1-1-1-1-1","amount":0,"rate":0,"size":"huge","at":"2026-11-20","note":"far too long",
                 "tries":"2","a/b~c":{"x":[1]},"lines":[{"text":""},{"text":7,"more":1},{}]}
                """))
        .containsExactly(
            "/id format",
            "/amount minimum",
            "/rate exclusiveMinimum",
            "/size enum",
            "/at format",
            "/note maxLength",
            "/tries type",
            "/a~1b~0c additionalProperties",
            "/lines/0/text minLength",
            "/lines/1/text type",
            "/lines/2/text required",
            "/answer required");
  }

  @Test
  void nullIsAllowedOnlyWhereTheContractSaysSo() {
    assertThat(rules("{\"id\":null,\"note\":null,\"answer\":null,\"lines\":null}"))
        .contains("/id type", "/note type", "/lines type")
        .doesNotContain("/answer type", "/id required");
  }

  @Test
  void aWrongTypeIsSkippedWholeAndReadingGoesOn() {
    assertThat(rules("{\"id\":{\"deep\":[[{}]]},\"amount\":[1,[2]],\"rate\":true}"))
        .startsWith("/id type", "/amount type", "/rate type", "/size required");
  }

  @Test
  void theWholeDocumentHasAnEmptyPointer() {
    assertThat(rules("[]")).containsExactly(" type");
    assertThat(rules("null")).containsExactly(" type");
  }

  @Test
  void itemsAreCountedAndThoseBeyondTheMostAreNotRead() {
    String line = "{\"text\":\"x\"}";
    assertThat(rules(withLines("[]"))).containsExactly("/lines minItems");
    assertThat(rules(withLines("[%s,%s,%s,7,{}]".formatted(line, line, line))))
        .containsExactly("/lines maxItems");
  }

  @Test
  void messagesTellTheRuleAndWhatCame() {
    assertThat(
            invalid(
                "{\"amount\":-4711,\"note\":\"longer than eight\",\"size\":\"huge\",\"id\":4711,"
                    + "\"at\":\"%s\",\"tries\":true,\"rate\":%s}"
                        .formatted(
                            "tomorrow, or the day after that if it rains", "-" + "9".repeat(99))))
        .contains(
            new Violation("/amount", "minimum", "must be 1 or more, but is -4711"),
            new Violation("/note", "maxLength", "must have at most 8 characters, but has 17"),
            new Violation("/size", "enum", "must be one of small, large, but is \"huge\""),
            new Violation("/id", "type", "must be a string, but is a number"),
            new Violation(
                "/at",
                "format",
                "must be a time with offset, such as 2026-11-20T09:30:00Z,"
                    + " but is a string of 43 characters"),
            new Violation("/tries", "type", "must be a number, but is true or false"),
            new Violation(
                "/rate",
                "format",
                "must have at most 60 digits before and after the decimal point,"
                    + " but is a number of 100 characters"));
  }

  @Test
  void textThatCouldBeTakenForAnotherLineIsNotShown() {
    for (String odd : List.of("a\\nb", "a\\\"b", "a\\u202eb", "a\\u0085b", "a\\ue000b")) {
      assertThat(invalid("{\"size\":\"" + odd + "\"}"))
          .contains(
              new Violation(
                  "/size", "enum", "must be one of small, large, but is a string of 3 characters"));
    }
  }

  @Test
  void sensitiveValueIsToldByItsShapeOnly() {
    var pin = Sensitive.of(Text.ANY.atMost(4).matching("^[0-9]*$"));
    var limit = Sensitive.of(Int32.between(1, 9));
    assertThat(told("\"12a\"", pin))
        .isEqualTo("must match ^[0-9]*$, but is a string of 3 characters");
    assertThat(told("\"12345\"", pin)).isEqualTo("must have at most 4 characters, but has 5");
    assertThat(told("4711", limit)).isEqualTo("must be 9 or less, but is a number");
    assertThat(told("[1,4711]", Items.of(limit))).isEqualTo("must be 9 or less, but is a number");
    assertThat(told("[1,4711]", Codec.discreet(Items.of(Int32.between(1, 9)))))
        .isEqualTo("must be 9 or less, but is a number");
    assertThat(Json.parse("\"123\"".getBytes(StandardCharsets.UTF_8), pin))
        .isEqualTo(new Parsed.Valid<>("123"));
    assertThat(Json.bytes(pin, "123")).asString(StandardCharsets.UTF_8).isEqualTo("\"123\"");
  }

  @Test
  void valueBehindASensitiveOneIsToldAgain() {
    var both =
        new Codec<String>() {
          private final Field<String> pin = Field.required("pin", Sensitive.of(Text.ANY.atMost(2)));
          private final Field<Integer> size = Field.required("size", Int32.between(1, 9));

          @Override
          public @Nullable String read(JsonReader in) {
            return in.object(Fields.closed(pin, size)) == null ? null : "read";
          }

          @Override
          public void write(JsonWriter out, String value) {
            throw new UnsupportedOperationException();
          }
        };
    Parsed<String> parsed =
        Json.parse("{\"pin\":\"4711\",\"size\":10}".getBytes(StandardCharsets.UTF_8), both);
    assertThat(((Parsed.Invalid<String>) parsed).violations())
        .containsExactly(
            new Violation("/pin", "maxLength", "must have at most 2 characters, but has 4"),
            new Violation("/size", "maximum", "must be 9 or less, but is 10"));
  }

  private static <T> String told(String document, Codec<T> codec) {
    Parsed<T> parsed = Json.parse(document.getBytes(StandardCharsets.UTF_8), codec);
    return ((Parsed.Invalid<T>) parsed).violations().getFirst().detail();
  }

  @Test
  void reportingIsBounded() {
    String many = "[" + "1,".repeat(5000) + "1]";
    Parsed<?> parsed = Json.parse(many.getBytes(StandardCharsets.UTF_8), Items.of(Text.ANY));
    assertThat(((Parsed.Invalid<?>) parsed).violations()).hasSize(Json.MAX_VIOLATIONS);
  }

  @Test
  void anOpenObjectSkipsWhatItDoesNotKnow() {
    Codec<Example.Line> codec = Example.LINE;
    byte[] document = "{\"text\":\"a\",\"new\":{\"text\":[1]}}".getBytes(StandardCharsets.UTF_8);
    assertThat(Json.parse(document, codec))
        .isEqualTo(new Parsed.Valid<>(new Example.Line("a", Optional.empty())));
  }

  @Test
  void aValueOfOurOwnThatBreaksTheContractIsNotSent() {
    Example good = valid(Example.JSON);
    var lines = List.of(good.lines().get(0), new Example.Line("", Optional.empty()));
    Map<String, Example> bad =
        Map.of(
            "/amount': minimum",
                new Example(
                    good.id(),
                    0,
                    good.rate(),
                    good.size(),
                    good.at(),
                    good.note(),
                    good.answer(),
                    1,
                    good.lines()),
            "/lines/1/text': minLength",
                new Example(
                    good.id(),
                    1,
                    good.rate(),
                    good.size(),
                    good.at(),
                    good.note(),
                    good.answer(),
                    1,
                    lines),
            "/lines': minItems",
                new Example(
                    good.id(),
                    1,
                    good.rate(),
                    good.size(),
                    good.at(),
                    good.note(),
                    good.answer(),
                    1,
                    List.of()));
    bad.forEach((place, value) ->
        assertThatThrownBy(() -> Json.bytes(Example.CODEC, value))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(place));
  }

  private static String withLines(String lines) {
    return Example.JSON.substring(0, Example.JSON.indexOf("[{")) + lines + "}";
  }

  private static Example valid(String document) {
    Parsed<Example> parsed = Json.parse(document.getBytes(StandardCharsets.UTF_8), Example.CODEC);
    assertThat(parsed).isInstanceOf(Parsed.Valid.class);
    return ((Parsed.Valid<Example>) parsed).value();
  }

  private static List<Violation> invalid(String document) {
    Parsed<Example> parsed = Json.parse(document.getBytes(StandardCharsets.UTF_8), Example.CODEC);
    assertThat(parsed).isInstanceOf(Parsed.Invalid.class);
    return ((Parsed.Invalid<Example>) parsed).violations();
  }

  private static List<String> rules(String document) {
    return invalid(document).stream().map(v -> v.pointer() + " " + v.rule()).toList();
  }
}
