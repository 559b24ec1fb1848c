package dev.manyfactor.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Each scalar: what it takes in a body, what in a parameter, and what it refuses in both.
class ScalarTests {
  private static final String LONG_LABEL = "a".repeat(64);

  static Stream<Arguments> accepted() {
    return Stream.of(
        arguments(Int64.ANY, "9223372036854775807", Long.MAX_VALUE),
        arguments(Int64.ANY, "-9223372036854775808", Long.MIN_VALUE),
        arguments(Int64.ANY, "10.0", 10L),
        arguments(Int64.ANY, "1e2", 100L),
        arguments(Int64.ANY, "12000e-3", 12L),
        arguments(Int64.ANY, "-0", 0L),
        arguments(Int32.ANY, "2147483647", Integer.MAX_VALUE),
        arguments(Decimal.ANY, "0.1000", new BigDecimal("0.1000")),
        arguments(Decimal.ANY, "1e3", new BigDecimal("1000")),
        arguments(
            Decimal.ANY,
            "12345678901234567890.123456789",
            new BigDecimal("12345678901234567890.123456789")),
        arguments(Int64.ANY.multipleOf(5), "-15", -15L),
        arguments(Decimal.ANY.multipleOf("0.05"), "1.150", new BigDecimal("1.150")),
        arguments(Decimal.ANY.asText(), "\"12.50\"", new BigDecimal("12.50")),
        arguments(Float64.ANY, "0.1", 0.1),
        arguments(Float64.ANY, "1e300", 1e300),
        arguments(Float64.ANY, "1e-999999999", 0.0),
        arguments(Float64.ANY.atLeast("0.1"), "0.1", 0.1),
        arguments(Scalars.BYTES, "\"aGk=\"", Bytes.of((byte) 'h', (byte) 'i')),
        arguments(Scalars.BYTES, "\"\"", Bytes.EMPTY),
        arguments(Scalars.BOOLEAN, "true", true),
        arguments(Among.of(Int32.ANY, List.of(1, 5)), "5.0", 5),
        arguments(
            Among.of(Decimal.ANY, List.of(new BigDecimal("0.5"))), "0.50", new BigDecimal("0.50")),
        arguments(Among.of(Scalars.BOOLEAN, List.of(true)), "true", true),
        arguments(Scalars.DATE, "\"2024-02-29\"", LocalDate.of(2024, 2, 29)),
        arguments(
            Scalars.DATE_TIME,
            "\"2026-11-20T10:30:00+01:00\"",
            Instant.parse("2026-11-20T09:30:00Z")),
        arguments(
            Scalars.DATE_TIME,
            "\"2026-11-20t09:30:00.5z\"",
            Instant.parse("2026-11-20T09:30:00.5Z")),
        arguments(
            Scalars.DATE_TIME,
            "\"2026-11-20T23:59:00+23:59\"",
            Instant.parse("2026-11-20T00:00:00Z")),
        arguments(
            Scalars.DATE_TIME,
            "\"0000-01-01T00:00:00-00:01\"",
            Instant.parse("0000-01-01T00:01:00Z")),
        arguments(
            Scalars.URI,
            "\"https://example.com/a?b=c#d\"",
            URI.create("https://example.com/a?b=c#d")),
        arguments(Scalars.URI, "\"file:///a\"", URI.create("file:///a")),
        arguments(
            Scalars.URI,
            "\"ldap://a:b@[2001:db8::7]:389/c=GB\"",
            URI.create("ldap://a:b@[2001:db8::7]:389/c=GB")),
        arguments(
            Scalars.URI, "\"http://[::ffff:127.0.0.1]\"", URI.create("http://[::ffff:127.0.0.1]")),
        arguments(Scalars.URI, "\"http://a_b.c:/\"", URI.create("http://a_b.c:/")),
        arguments(Scalars.URI_REFERENCE, "\"/v1/payments/7\"", URI.create("/v1/payments/7")),
        arguments(Text.EMAIL, "\"ada.l+x@mail.example.com\"", "ada.l+x@mail.example.com"),
        arguments(Text.ANY.atLeast(2).atMost(2), "\"🎈🎈\"", "🎈🎈"),
        arguments(Text.ANY.matching("^a.[.]$"), "\"a\\u0085.\"", "a\u0085."),
        arguments(Text.ANY.matching("b"), "\"abc\"", "abc"),
        arguments(Text.ANY.matching("^[A-Z]{3}$"), "\"EUR\"", "EUR"),
        arguments(Text.ANY.matching("^a[\\s]b$"), "\"a\\u00a0b\"", "a\u00a0b"),
        arguments(Text.ANY.matching("^[$]\\$$"), "\"$$\"", "$$"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("accepted")
  void isReadFromABody(Scalar<?> scalar, String json, Object value) {
    assertThat(parse(scalar, json)).isEqualTo(new Parsed.Valid<>(value));
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        arguments(Int64.ANY, "9223372036854775808", "maximum"),
        arguments(Int64.ANY, "-9223372036854775809", "minimum"),
        arguments(Int64.ANY, "1e999999999", "maximum"),
        arguments(Int64.ANY, "-1e999999999", "minimum"),
        arguments(Int64.ANY, "1e99999999999", "format"),
        arguments(Int64.ANY, "1e-999999999", "type"),
        arguments(Int64.ANY, "1.5", "type"),
        arguments(Among.of(Int32.ANY, List.of(1, 5)), "2", "enum"),
        arguments(Among.of(Int32.ANY, List.of(1, 5)), "\"5\"", "type"),
        arguments(Among.of(Scalars.BOOLEAN, List.of(true)), "false", "const"),
        arguments(Int64.ANY, "\"12\"", "type"),
        arguments(Int64.ANY, "true", "type"),
        arguments(Int64.ANY.atLeast(1), "0", "minimum"),
        arguments(Int64.ANY.atMost(9), "10", "maximum"),
        arguments(Int32.ANY, "2147483648", "maximum"),
        arguments(Int32.ANY, "-2147483649", "minimum"),
        arguments(Int32.ANY.multipleOf(5), "7", "multipleOf"),
        arguments(Decimal.ANY.multipleOf("0.05"), "1.151", "multipleOf"),
        arguments(Decimal.ANY.asText(), "12.50", "type"),
        arguments(Decimal.ANY.asText(), "\"1e3\"", "format"),
        arguments(Decimal.ANY.atMost("5").asText(), "\"5.01\"", "maximum"),
        arguments(Float64.ANY, "1e309", "format"),
        arguments(Float64.ANY, "-1e999999999", "format"),
        arguments(Float64.ANY, "\"1\"", "type"),
        arguments(Float64.ANY.above("0"), "0.0", "exclusiveMinimum"),
        arguments(Float64.ANY.atMost("1"), "1.0000000000000000000001", "maximum"),
        arguments(Scalars.BYTES, "\"aGk\"", "format"),
        arguments(Scalars.BYTES, "\"aGl=\"", "format"),
        arguments(Scalars.BYTES, "\"a-_=\"", "format"),
        arguments(Scalars.BYTES, "\"aG k=\"", "format"),
        arguments(Items.of(Text.ANY).distinct(), "[\"a\",\"b\",\"a\"]", "uniqueItems"),
        arguments(Items.of(Decimal.ANY).distinct(), "[1,1.0]", "uniqueItems"),
        arguments(Decimal.ANY, "1e999999999", "format"),
        arguments(Decimal.ANY, "0e999999999", "format"),
        arguments(Decimal.ANY, "1e-999999999", "format"),
        arguments(Decimal.ANY, "1e60", "format"),
        arguments(Decimal.ANY, "\"1\"", "type"),
        arguments(Decimal.ANY.above("0"), "0.0", "exclusiveMinimum"),
        arguments(Decimal.ANY.below("1"), "1.00", "exclusiveMaximum"),
        arguments(Decimal.ANY.atLeast("0.5"), "0.49", "minimum"),
        arguments(Decimal.ANY.atMost("0.5"), "0.51", "maximum"),
        arguments(Scalars.BOOLEAN, "\"true\"", "type"),
        arguments(Scalars.BOOLEAN, "1", "type"),
        arguments(Scalars.UUID, "\"1-1-1-1-1\"", "format"),
        arguments(Scalars.UUID, "\"6f2d1c1e000040008000000000000000000a\"", "format"),
        arguments(Scalars.DATE, "\"2026-02-30\"", "format"),
        arguments(Scalars.DATE, "\"+12026-02-03\"", "format"),
        arguments(Scalars.DATE, "\"20261120\"", "format"),
        arguments(Scalars.DATE_TIME, "\"2026-11-20T09:30:00\"", "format"),
        arguments(Scalars.DATE_TIME, "\"2026-11-20T09:30Z\"", "format"),
        arguments(Scalars.DATE_TIME, "\"2026-11-20T23:59:60Z\"", "format"),
        arguments(Scalars.DATE_TIME, "\"2026-13-20T09:30:00Z\"", "format"),
        arguments(Scalars.DATE_TIME, "\"2026-11-20T09:30:00+24:00\"", "format"),
        arguments(Scalars.DATE_TIME, "\"0000-01-01T00:00:00+00:01\"", "format"),
        arguments(Scalars.DATE_TIME, "\"9999-12-31T23:59:59-00:01\"", "format"),
        arguments(Scalars.URI, "\"/relative\"", "format"),
        arguments(Scalars.URI, "\"https://example.com/a b\"", "format"),
        arguments(Scalars.URI, "\"https://example.com:abc/\"", "format"),
        arguments(Scalars.URI, "\"https://a@b@example.com/\"", "format"),
        arguments(Scalars.URI, "\"http://[::ffff:01.2.3.4]\"", "format"),
        arguments(Scalars.URI_REFERENCE, "\"//example.com:abc/p\"", "format"),
        arguments(Scalars.URI_REFERENCE, "\"/ä\"", "format"),
        arguments(Text.EMAIL, "\"ada@localhost\"", "format"),
        arguments(Text.EMAIL, "\"a..b@example.com\"", "format"),
        arguments(Text.EMAIL, "\"ada@example.com\\n\"", "format"),
        arguments(Text.EMAIL, "\"ada@" + LONG_LABEL + ".com\"", "format"),
        arguments(Text.EMAIL, "\"" + LONG_LABEL + "a@example.com\"", "format"),
        arguments(Text.ANY, "\"a\\u0000b\"", "format"),
        arguments(Text.ANY.atMost(1), "\"🎈🎈\"", "maxLength"),
        arguments(Text.ANY.matching("^[A-Z]{3}$"), "\"EUR\\n\"", "pattern"),
        arguments(Text.ANY.matching("^[A-Z]{3}$"), "\"EURO\"", "pattern"));
  }

  @ParameterizedTest(name = "{1}: {2}")
  @MethodSource("refused")
  void breaksARuleInABody(Codec<?> scalar, String json, String rule) {
    Parsed<?> parsed = parse(scalar, json);
    assertThat(parsed).isInstanceOf(Parsed.Invalid.class);
    assertThat(((Parsed.Invalid<?>) parsed).violations())
        .extracting(Violation::rule)
        .containsExactly(rule);
  }

  static Stream<Arguments> refusedParameters() {
    return Stream.of(
        arguments(Int32.ANY, "+1"),
        arguments(Among.of(Int32.ANY, List.of(1, 5)), "4"),
        arguments(Int32.ANY, "01"),
        arguments(Int32.ANY, "1.0"),
        arguments(Int32.ANY, "1e2"),
        arguments(Int32.ANY, " 1"),
        arguments(Int32.ANY, ""),
        arguments(Int32.ANY, "٣"),
        arguments(Int64.ANY, "9".repeat(41)),
        arguments(Decimal.ANY, "1e2"),
        arguments(Decimal.ANY, ".5"),
        arguments(Scalars.BOOLEAN, "TRUE"),
        arguments(Scalars.BOOLEAN, "1"),
        arguments(Scalars.UUID, "{6f2d1c1e-0000-4000-8000-00000000000a}"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("refusedParameters")
  void breaksARuleInAParameter(Scalar<?> scalar, String text) {
    List<String> rules = new ArrayList<>();
    assertThat((Object) scalar.parse(text, (rule, _) -> rules.add(rule))).isNull();
    assertThat(rules).hasSize(1);
  }

  @Test
  void aParameterIsReadByTheSameRuleAsAField() {
    List<String> rules = new ArrayList<>();
    Reporter reporter = (rule, detail) -> rules.add(rule + ": " + detail);
    Int32 limit = Int32.ANY.atLeast(1).atMost(100);
    assertThat(limit.parse("20", reporter)).isEqualTo(20);
    assertThat(rules).isEmpty();
    assertThat(limit.parse("101", reporter)).isNull();
    assertThat(limit.parse("99999999999999999999", reporter)).isNull();
    assertThat(rules)
        .containsExactly("maximum: must be 100 or less", "maximum: must be 100 or less");
  }

  @Test
  void theTextOfAValueIsWhatParseReads() {
    assertThat(Scalars.DATE_TIME.text(Instant.parse("2026-11-20T09:30:00Z")))
        .isEqualTo("2026-11-20T09:30:00Z");
    assertThat(Decimal.ANY.text(new BigDecimal("1E+3"))).isEqualTo("1000");
    assertThat(Int32.ANY.text(7)).isEqualTo("7");
    assertThatThrownBy(() -> Text.ANY.atMost(1).text("two")).hasMessageContaining("maxLength");
    assertThatThrownBy(() -> Scalars.DATE.text(LocalDate.of(12026, 1, 1)))
        .hasMessageContaining("format");
    assertThatThrownBy(() -> Scalars.DATE_TIME.text(Instant.MAX)).hasMessageContaining("format");
  }

  @Test
  void aListInAHeaderHasACommaAfterEachItemButTheLast() {
    Items<String> words = Items.of(Text.ANY.atLeast(1)).atMost(2);
    assertThat(words.text(List.of("a", "b"))).isEqualTo("a, b");
    assertThatThrownBy(() -> words.text(List.of("a,b"))).hasMessageContaining("comma");
    assertThatThrownBy(() -> words.text(List.of("a", "b", "c"))).hasMessageContaining("maxItems");
    assertThatThrownBy(() -> words.text(List.of(""))).hasMessageContaining("minLength");
  }

  @Test
  void aWildExponentIsNeverSpelledOut() {
    assertThatThrownBy(() -> Json.bytes(Decimal.ANY, new BigDecimal("1e999999999")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aLoneSurrogateIsNeverWritten() {
    assertThatThrownBy(() -> Json.bytes(Text.ANY, "\ud83d")).hasMessageContaining("surrogate");
  }

  private static Parsed<?> parse(Codec<?> scalar, String json) {
    return Json.parse(json.getBytes(StandardCharsets.UTF_8), scalar);
  }
}
