package dev.manyfactor.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.contract.model.Kind;
import dev.manyfactor.contract.writer.SourceFile;
import dev.manyfactor.json.Codec;
import dev.manyfactor.json.Json;
import dev.manyfactor.json.Parsed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a contract calls sensitive is told to nobody: not in a violation, not in a log line.
class SensitiveTests {
  private static final String GOOD =
      """
      {"name":"ada","pin":"4711","born":"1815-12-10","code":4712,"level":"high","size":1,\
      "answers":["yo"],"byQuestion":{"pet?":"ox"},"open":true}\
      """;

  @TempDir static Path folder;
  private static Compiled types;

  @BeforeAll
  static void compile() throws Exception {
    types = Compiled.of("sensitive", Kind.TYPES, folder);
  }

  @Test
  void aValueIsReadAndWrittenLikeAnyOther() throws Exception {
    Codec<Object> codec = types.codec("Secrets");
    assertThat(Json.bytes(codec, secrets())).asString(StandardCharsets.UTF_8).isEqualTo(GOOD);
  }

  @Test
  void aViolationHasTheShapeAndNotTheValue() throws Exception {
    String bad =
        """
        {"name":"secret","pin":"471x","born":"4711","code":47110,"level":"4711","size":4711,\
        "answers":["4711"],"byQuestion":{"pet?":"4711"}}\
        """;
    Parsed<Object> parsed =
        Json.parse(bad.getBytes(StandardCharsets.UTF_8), types.codec("Secrets"));
    assertThat(((Parsed.Invalid<Object>) parsed).violations())
        .hasSize(8)
        .allSatisfy(violation -> assertThat(violation.detail()).doesNotContain("471"))
        .extracting(violation -> violation.pointer() + " " + violation.detail())
        .contains(
            "/pin must match ^[0-9]*$, but is a string of 4 characters",
            "/code must be 9999 or less, but is a number",
            "/level must be one of low, high, but is a string of 4 characters");
  }

  @Test
  void theRecordDoesNotShowIt() throws Exception {
    assertThat(secrets())
        .hasToString(
            "Secrets[name=ada, pin=(sensitive), born=(sensitive), code=(sensitive),"
                + " level=(sensitive), size=(sensitive), answers=(sensitive),"
                + " byQuestion=(sensitive), open=Optional[true]]");
    Parsed<Object> pin =
        Json.parse("{\"pin\":\"x\"}".getBytes(StandardCharsets.UTF_8), types.codec("Pin"));
    assertThat(((Parsed.Valid<Object>) pin).value()).hasToString("Pin[pin=(sensitive)]");
  }

  @Test
  void parametersAreToldLikeFields(@TempDir Path other) throws Exception {
    List<SourceFile> sources = Fixture.sources("sensitive", Kind.SERVER, Compiled.PACKAGE);
    Class<?> query = Compiled.of(sources, other).type("OpenDoor$Query");
    Object asked = query.getDeclaredConstructors()[0].newInstance("d1", 4711, Optional.empty());
    assertThat(asked).hasToString("Query[door=d1, code=(sensitive), xPins=(sensitive)]");
    assertThat(sources)
        .filteredOn(source -> source.name().equals("OpenDoorOperation.java"))
        .singleElement()
        .asString()
        .contains(
            "Sensitive.of(Int32.ANY.atMost(9999))", "Items.of(Sensitive.of(Text.ANY.atMost(4)))");
  }

  private static Object secrets() throws Exception {
    Parsed<Object> parsed =
        Json.parse(GOOD.getBytes(StandardCharsets.UTF_8), types.codec("Secrets"));
    return ((Parsed.Valid<Object>) parsed).value();
  }
}
