package dev.manyfactor.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  void messagesTellTheRuleAndTheShapeButNeverTheValue() {
    var invalid =
        invalid("{\"amount\":-4711,\"note\":\"my secret number\",\"size\":\"secret\",\"id\":4711}");
    assertThat(invalid)
        .isNotEmpty()
        .allSatisfy(violation -> assertThat(violation.detail()).doesNotContain("secret", "4711"));
    assertThat(invalid)
        .contains(
            new Violation("/amount", "minimum", "must be 1 or more"),
            new Violation("/note", "maxLength", "must have at most 8 characters, but has 16"),
            new Violation("/size", "enum", "must be one of small, large"),
            new Violation("/id", "type", "must be a string, but is a number"));
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
