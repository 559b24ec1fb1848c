package dev.manyfactor.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What counts as a document at all, whatever its type.
class StrictnessTests {
  private static final Codec<List<String>> TEXTS = Items.of(Text.ANY);

  static Stream<Arguments> malformed() {
    return Stream.of(
        arguments("nothing", "", "the document is empty"),
        arguments("only white space", " \n ", "the document is empty"),
        arguments("a second document", "[] []", "content after the end"),
        arguments("garbage after the end", "[] x", "not valid JSON"),
        arguments("a bracket too many", "[]]", "not valid JSON"),
        arguments("an early end", "[\"a\"", "ends too early"),
        arguments("an early end inside a string", "[\"a", "ends too early"),
        arguments("a comma too many", "[\"a\",]", "not valid JSON"),
        arguments("a missing value", "[,\"a\"]", "not valid JSON"),
        arguments("a comment", "[/* a */]", "not valid JSON"),
        arguments("single quotes", "['a']", "not valid JSON"),
        arguments("a name without quotes", "[{a:1}]", "not valid JSON"),
        arguments("a raw control character", "[\"a\tb\"]", "not valid JSON"),
        arguments("an unknown escape", "[\"\\x41\"]", "not valid JSON"),
        arguments("NaN", "[NaN]", "not valid JSON"),
        arguments("a leading zero", "[01]", "not valid JSON"),
        arguments("a leading plus", "[+1]", "not valid JSON"),
        arguments("a dot without digits", "[1.]", "not valid JSON"),
        arguments("a dot first", "[.5]", "not valid JSON"),
        arguments("hexadecimal", "[0x1]", "not valid JSON"),
        arguments("a duplicate name", "[{\"a\":1,\"a\":2}]", "same name as one before"),
        arguments("an escaped duplicate", "[{\"a\":1,\"\\u0061\":2}]", "same name as one before"),
        arguments("a deep document", "[".repeat(65) + "]".repeat(65), "beyond a bound"),
        arguments("a very deep document", "[".repeat(100_000), "beyond a bound"),
        arguments("a long number", "[" + "1".repeat(201) + "]", "beyond a bound"),
        arguments("a long name", "[{\"" + "n".repeat(257) + "\":1}]", "beyond a bound"),
        arguments("a lone high surrogate", "[\"\\ud83d\"]", "half of a surrogate pair"),
        arguments("a lone low surrogate", "[\"\\udc00x\"]", "half of a surrogate pair"),
        arguments("surrogates in wrong order", "[\"\\udc00\\ud83d\"]", "half of a surrogate pair"),
        arguments("a lone surrogate in a name", "[{\"\\ud83d\":1}]", "not valid JSON"),
        arguments(
            "a lone surrogate in what is skipped", "[[[\"\\ud83d\"]]]", "half of a surrogate"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("malformed")
  void malformedDocumentIsRefusedWithItsReason(String what, String document, String reason) {
    assertThat(detail(document.getBytes(StandardCharsets.UTF_8))).as(what).contains(reason);
  }

  static Stream<Arguments> badEncodings() {
    return Stream.of(
        arguments("UTF-8 with a byte order mark", "EFBBBF5B5D"),
        arguments("UTF-16 big endian", "005B005D"),
        arguments("UTF-16 little endian", "5B005D00"),
        arguments("UTF-16 with a byte order mark", "FEFF005B005D"),
        arguments("UTF-32 little endian", "5B0000005D000000"),
        arguments("Latin-1", "5B22E4225D"),
        arguments("an overlong slash in two bytes", "5B22C0AF225D"),
        arguments("an overlong slash in three bytes", "5B22E080AF225D"),
        arguments("a surrogate in three bytes", "5B22EDA080225D"),
        arguments("a character above U+10FFFF", "5B22F4908080225D"),
        arguments("a continuation byte alone", "5B2280225D"),
        arguments("a cut sequence", "5B22E282225D"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badEncodings")
  void onlyUtf8IsRead(String what, String hex) {
    assertThat(Json.parse(HexFormat.of().parseHex(hex), TEXTS))
        .as(what)
        .isInstanceOf(Parsed.Malformed.class);
  }

  @Test
  void thePlaceIsALineAndAColumn() {
    assertThat(detail("[\n  'a']".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("line 2, column 3: not valid JSON");
  }

  @Test
  void nothingOfTheDocumentIsQuoted() {
    assertThat(detail("[secret]".getBytes(StandardCharsets.UTF_8))).doesNotContain("secret");
    assertThat(detail("[{\"secret\":1,\"secret\":1}]".getBytes(StandardCharsets.UTF_8)))
        .doesNotContain("secret");
  }

  @Test
  void malformedWinsOverViolations() {
    assertThat(Json.parse("[1,2,".getBytes(StandardCharsets.UTF_8), TEXTS))
        .isInstanceOf(Parsed.Malformed.class);
  }

  @Test
  void theDeepestNestingIsStillRead() {
    String deepest = "[".repeat(64) + "]".repeat(64);
    assertThat(Json.parse(deepest.getBytes(StandardCharsets.UTF_8), TEXTS))
        .isInstanceOf(Parsed.Invalid.class);
  }

  @Test
  void whiteSpaceAroundTheDocumentIsAllowed() {
    assertThat(Json.parse(" \r\n\t[\"a\"]\n".getBytes(StandardCharsets.UTF_8), TEXTS))
        .isEqualTo(new Parsed.Valid<>(List.of("a")));
  }

  private static String detail(byte[] document) {
    Parsed<?> parsed = Json.parse(document, TEXTS);
    assertThat(parsed).isInstanceOf(Parsed.Malformed.class);
    return ((Parsed.Malformed<?>) parsed).detail();
  }
}
