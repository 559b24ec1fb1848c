package dev.manyfactor.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.contract.model.Kind;
import dev.manyfactor.contract.reader.ContractReader;
import dev.manyfactor.contract.writer.ContractWriter;
import dev.manyfactor.json.Json;
import dev.manyfactor.json.Parsed;
import dev.manyfactor.json.Violation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A union without a discriminator, whose choices have another fixed text each; one stands in
/// place, one has its field from a part.
class ImpliedUnionTests {
  private static final String CONTRACT =
      """
      openapi: 3.1.0
      info: {title: Shapes, version: "1"}
      components:
        schemas:
          Figure:
            oneOf:
              - $ref: "#/components/schemas/Circle"
              - $ref: "#/components/schemas/Square"
              - type: object
                required: [is_round, kind, points]
                properties:
                  is_round: {type: string, const: "no"}
                  kind: {type: string, const: many_sided}
                  points: {type: integer, format: int32}
          Circle:
            type: object
            required: [kind, radius]
            properties:
              kind: {type: string, enum: [circle]}
              radius: {type: integer, format: int32}
          Square:
            allOf:
              - $ref: "#/components/schemas/Squareness"
              - type: object
                required: [side]
                properties: {side: {type: integer, format: int32}}
          Squareness:
            type: object
            required: [kind]
            properties: {kind: {type: string, const: square}}
      """;

  @TempDir static Path folder;
  private static Compiled types;

  @BeforeAll
  static void compile() throws Exception {
    var contract = ContractReader.read("figures", "figures.openapi.yaml", CONTRACT, Kind.TYPES);
    types = Compiled.of(ContractWriter.write(contract, Kind.TYPES, Compiled.PACKAGE), folder);
  }

  @Test
  void eachChoiceIsKnownByItsText() throws Exception {
    for (String document :
        List.of(
            "{\"kind\":\"circle\",\"radius\":1}",
            "{\"kind\":\"square\",\"side\":2}",
            "{\"kind\":\"many_sided\",\"is_round\":\"no\",\"points\":5}")) {
      Parsed<Object> parsed = parsed(document);
      assertThat(parsed).as(document).isInstanceOf(Parsed.Valid.class);
      Object value = ((Parsed.Valid<Object>) parsed).value();
      assertThat(new String(Json.bytes(types.codec("Figure"), value), StandardCharsets.UTF_8))
          .isEqualTo(document);
    }
  }

  @Test
  void anotherTextIsRefusedAtTheField() throws Exception {
    Parsed<Object> parsed = parsed("{\"kind\":\"line\",\"length\":1}");
    assertThat(parsed).isInstanceOf(Parsed.Invalid.class);
    assertThat(((Parsed.Invalid<Object>) parsed).violations())
        .extracting(Violation::pointer)
        .containsExactly("/kind");
  }

  @Test
  void aChoiceInPlaceIsNamedAfterItsText() throws Exception {
    assertThat(types.type("Figure").isSealed()).isTrue();
    assertThat(types.type("FigureManySided").getRecordComponents())
        .extracting(component -> component.getName())
        .containsExactly("isRound", "points");
  }

  private static Parsed<Object> parsed(String document) throws Exception {
    return Json.parse(document.getBytes(StandardCharsets.UTF_8), types.codec("Figure"));
  }
}
