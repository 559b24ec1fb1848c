package dev.manyfactor.fuzz.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.fuzz.contract.Api;
import dev.manyfactor.fuzz.contract.ApiOperation;
import dev.manyfactor.fuzz.contract.Shape;
import dev.manyfactor.fuzz.document.Document;
import dev.manyfactor.fuzz.document.Notation;
import dev.manyfactor.fuzz.judge.Schemas;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What is made as valid is valid to a validator that is not ours, and what is broken is not.
class BodyRulesTests {
  private static final int DOCUMENTS = 1_500;

  /// What the validator has no rule for: the characters that a column cannot hold, the size of
  /// numbers, and fields that an open object does not know, which a service refuses all the same.
  private static final Set<String> BEYOND_JSON_SCHEMA =
      Set.of(
          "character-u0000",
          "too-many-digits",
          "far-exponent",
          "far-out-of-range",
          "unknown-field");

  private static Api api;
  private static Schemas schemas;

  @BeforeAll
  static void read() throws IOException {
    api = RequestsTests.everything();
    schemas = new Schemas(api.text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"createScalars", "putCollections", "createTree", "changeDefaults", "createPerson"})
  void theValidatorAgrees(String id) {
    ApiOperation operation = api.operation(id).orElseThrow();
    Shape shape = operation.body().orElseThrow().content().json().orElseThrow();
    String schema =
        "/paths/"
            + operation.path().replace("/", "~1")
            + "/"
            + operation.method().toLowerCase(Locale.ROOT)
            + "/requestBody/content/application~1json/schema";
    int broken = 0;
    for (int index = 0; index < DOCUMENTS; index++) {
      Chance chance = Chance.of(1, index);
      var values = new Values(api, new Known(), chance);
      Document valid = values.of(shape);
      assertThat(schemas.fault(schema, node(Notation.any(valid, chance::below))))
          .as(Notation.plain(valid))
          .isEmpty();
      Optional<Breaks.Break> one = broken(values, chance, shape, valid);
      if (one.isPresent()) {
        broken++;
        String text = Notation.plain(valid.replaced(one.get().place(), one.get().by()));
        assertThat(schemas.fault(schema, node(text))).as(one.get() + " " + text).isNotEmpty();
      }
    }
    assertThat(broken).isGreaterThan(DOCUMENTS / 3);
  }

  private static Optional<Breaks.Break> broken(
      Values values, Chance chance, Shape shape, Document valid) {
    var breaks = new Breaks(values, chance);
    List<Breaks.Way> ways =
        Spot.all(api, shape, valid).stream()
            .filter(spot -> !isOfOpenApiOnly(spot.shape()))
            .flatMap(spot -> breaks.at(spot).stream())
            .filter(way -> !BEYOND_JSON_SCHEMA.contains(way.name()))
            .filter(way -> !way.name().startsWith("name-character"))
            .toList();
    return ways.isEmpty() ? Optional.empty() : Optional.of(chance.pick(ways).make().get());
  }

  private static boolean isOfOpenApiOnly(Shape shape) {
    return switch (shape) {
      case Shape.Words words ->
          words.format().filter(it -> !Set.of("uuid", "date").contains(it)).isPresent();
      case Shape.Numeric numeric -> numeric.format().filter(it -> it.startsWith("int")).isPresent();
      case Shape.Fixed _, Shape.Truth _, Shape.Struct _, Shape.Sequence _ -> false;
      case Shape.Mapping _, Shape.Union _, Shape.Nullable _, Shape.Named _ -> false;
    };
  }

  private static JsonNode node(String text) {
    return Schemas.parsed(text.getBytes(StandardCharsets.UTF_8)).orElseThrow();
  }
}
