package dev.manyfactor.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonValueTests {

  @Test
  void anyDocumentIsWrittenAsItCame() {
    String text = "{\"b\":[1,2.50,-0.1,true,null,\"x\"],\"a\":{}}";
    assertThat(new String(Json.bytes(JsonValue.CODEC, valid(text)), StandardCharsets.UTF_8))
        .isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999999999", "-1e61", "1e-999999999", "1e99999999999"})
  void aNumberThatAsksForGigabytesIsRefusedWhereItStands(String number) {
    assertThat(Json.parse(bytes("{\"deep\":[0," + number + "]}"), JsonValue.CODEC))
        .isInstanceOfSatisfying(
            Parsed.Invalid.class,
            invalid ->
                assertThat(((Parsed.Invalid<?>) invalid).violations())
                    .extracting(Violation::pointer, Violation::rule)
                    .containsExactly(tuple("/deep/1", "format")));
  }

  @Test
  void aNumberOfOurOwnThatAsksForGigabytesIsNotSent() {
    var wild =
        new JsonValue.JsonArray(List.of(new JsonValue.JsonNumber(new BigDecimal("1e999999999"))));
    assertThatThrownBy(() -> Json.bytes(JsonValue.CODEC, wild)).hasMessageContaining("60 digits");
  }

  private static JsonValue valid(String text) {
    return switch (Json.parse(bytes(text), JsonValue.CODEC)) {
      case Parsed.Valid<JsonValue>(var value) -> value;
      case Parsed.Invalid<JsonValue> invalid -> throw new AssertionError(invalid);
      case Parsed.Malformed<JsonValue> malformed -> throw new AssertionError(malformed);
    };
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
