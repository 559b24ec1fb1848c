package dev.manyfactor.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.manyfactor.contract.model.Access;
import dev.manyfactor.contract.model.Contract;
import dev.manyfactor.contract.model.Kind;
import dev.manyfactor.contract.model.Operation;
import dev.manyfactor.contract.model.Outcome;
import dev.manyfactor.contract.reader.ContractReader;
import dev.manyfactor.contract.writer.SourceFile;
import dev.manyfactor.json.Json;
import dev.manyfactor.json.Parsed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the same things become when a contract says them in another form.
class FormsTests {
  @TempDir static Path folder;
  private static Compiled types;

  @BeforeAll
  static void compile() throws Exception {
    types = Compiled.of("forms", Kind.TYPES, folder);
  }

  @Test
  void whatMayBeNullIsOptionalWhereverItStands() throws Exception {
    assertThat(components("Nulls"))
        .containsExactly(
            "java.util.Optional<MoneyAmount> must",
            "java.util.Optional<MoneyAmount> may",
            "java.util.Optional<Tier> tier",
            "java.util.Optional<java.util.List<java.util.Optional<java.lang.String>>> items",
            "java.util.Optional<java.util.Map<java.lang.String, java.util.Optional<java.lang.Boolean>>> values",
            "java.util.Optional<java.lang.String> named",
            "java.util.Optional<NullsInside> inside",
            "java.util.Optional<java.lang.Long> usual",
            "java.util.Optional<java.util.List<java.lang.String>> tags");
    String full =
        """
        {"must":{"minor":1},"may":{"minor":2},"tier":"paid","items":["a",null],"values":{"a":null,"b":true},\
        "named":"x","inside":{"deep":["x","y"]},"usual":9,"tags":["b"]}\
        """;
    assertThat(rewritten("Nulls", full)).isEqualTo(full);
    assertThat(
            rewritten(
                "Nulls",
                "{\"must\":null,\"tier\":null,\"items\":[null],\"may\":null,\"inside\":null}"))
        .isEqualTo("{\"must\":null,\"tier\":null,\"items\":[null],\"usual\":7,\"tags\":[\"a\"]}");
    assertThat(violations("Nulls", "{\"items\":[null,\"long\"],\"values\":{\"a\":1}}"))
        .containsExactly(
            "/items/1 maxLength", "/values/a type", "/must required", "/tier required");
  }

  @Test
  void aFieldThatIsNullOnPurposeDoesNotGetItsDefault() throws Exception {
    String rewritten =
        rewritten("Nulls", "{\"must\":null,\"tier\":null,\"usual\":null,\"tags\":null}");
    assertThat(rewritten).isEqualTo("{\"must\":null,\"tier\":null,\"usual\":null,\"tags\":null}");
  }

  @Test
  void numbersAndTruthValuesCanBeFixed() throws Exception {
    assertThat(components("Fixed"))
        .containsExactly(
            "int version",
            "java.util.Optional<java.lang.Long> level",
            "java.util.Optional<java.math.BigDecimal> rate",
            "java.util.Optional<java.lang.Boolean> agreed",
            "java.util.Optional<FixedKind> kind",
            "java.util.Optional<java.util.List<java.lang.Integer>> levels");
    String right =
        "{\"version\":3,\"level\":10,\"rate\":0.5,\"agreed\":true,\"kind\":\"one\",\"levels\":[1,2]}";
    assertThat(rewritten("Fixed", right)).isEqualTo(right);
    assertThat(rewritten("Fixed", "{\"version\":3.0,\"rate\":1.00}")).startsWith("{\"version\":3,");
    assertThat(
            violations(
                "Fixed",
                "{\"version\":4,\"level\":2,\"rate\":0.6,\"agreed\":false,\"kind\":\"x\",\"levels\":[1,3]}"))
        .containsExactly(
            "/version const",
            "/level enum",
            "/rate enum",
            "/agreed const",
            "/kind enum",
            "/levels/1 enum");
  }

  @Test
  void aFieldWithAnotherConstantInEachChoiceTellsThemApart() throws Exception {
    assertThat(types.type("Event").getPermittedSubclasses())
        .extracting(Class::getSimpleName)
        .containsExactly("EventWasPlaced", "EventCancelled", "Paid");
    assertThat(components("EventWasPlaced"))
        .containsExactly(
            "java.util.Optional<EventWasPlacedVersion> version", "java.lang.String by");
    for (String event :
        List.of(
            "{\"kind\":\"was-placed\",\"version\":\"x\",\"by\":\"me\"}",
            "{\"kind\":\"cancelled\"}",
            "{\"kind\":\"paid\",\"minor\":3}")) {
      assertThat(rewritten("Event", event)).isEqualTo(event);
    }
    assertThat(violations("Event", "{\"kind\":\"placed\",\"by\":\"me\"}"))
        .containsExactly("/kind enum");
  }

  @Test
  void aUnionThatStandsInAnAnswerHasItsFieldToo(@TempDir Path other) throws Exception {
    Compiled server = Compiled.of("forms", Kind.SERVER, other);
    assertThat(server.type("OrdersFindMany202Body").getPermittedSubclasses())
        .extracting(Class::getSimpleName)
        .containsExactly("Up", "Down");
    assertThat(
            Json.bytes(
                server.codec("Up"), server.type("Up").getDeclaredConstructor().newInstance()))
        .asString()
        .isEqualTo("{\"way\":\"up\"}");
  }

  @Test
  void whatNothingIsSaidOfIsAnyJson() throws Exception {
    assertThat(components("Free"))
        .containsExactly(
            "dev.manyfactor.json.JsonValue any",
            "java.util.Optional<java.util.Map<java.lang.String, dev.manyfactor.json.JsonValue>> fields",
            "java.util.Optional<java.util.Map<java.lang.String, dev.manyfactor.json.JsonValue>> open",
            "java.util.Optional<java.util.List<dev.manyfactor.json.JsonValue>> list",
            "java.util.Optional<java.util.Map<java.lang.String, dev.manyfactor.json.JsonValue>> byName");
    String full =
        """
        {"any":null,"fields":{"z":1.50,"a":[true,{"b":"é"}]},"open":{"x":{}},"list":[1,"1",null],"byName":{"n":null}}\
        """;
    assertThat(rewritten("Free", full)).isEqualTo(full);
    assertThat(rewritten("Free", "{\"any\":[],\"open\":null}")).isEqualTo("{\"any\":[]}");
    assertThat(
            violations(
                "Free", "{\"fields\":{\"a\":1,\"b\":1,\"c\":1},\"open\":[],\"list\":[1,2,3,4]}"))
        .containsExactly("/fields maxProperties", "/open type", "/list maxItems", "/any required");
  }

  @Test
  void everyScalarAndListCanHaveADefault() throws Exception {
    assertThat(rewritten("Defaults", "{\"always\":\"here\"}"))
        .isEqualTo(
            """
            {"always":"here","id":"6f2d1c1e-0000-4000-8000-00000000000a","day":"2026-11-20",\
            "at":"2026-11-20T09:30:00Z","link":"https://example.org/","price":"1.50","digest":"aGk=",\
            "none":[],"some":[1,20000000000],"grades":["good"],"level":2,"grade":"bad"}\
            """);
    assertThat(violations("Defaults", "{}")).containsExactly("/always required");
    assertThat(
            rewritten(
                "Defaults",
                "{\"always\":\"x\",\"both\":{\"minor\":1,\"extra\":\"e\"},\"pick\":{\"side\":\"Left\",\"l\":\"x\"}}"))
        .contains(
            "\"both\":{\"minor\":1,\"extra\":\"e\"},\"pick\":{\"side\":\"Left\",\"l\":\"x\"}");
  }

  @Test
  void theCodeOfAServerCompiles(@TempDir Path other) throws Exception {
    assertThat(Compiled.of("forms", Kind.SERVER, other).type("FormsApi")).isInterface();
  }

  @Test
  void aTypeThatStandsWhereItIsUsedIsNamedAfterItsPlace() {
    assertThat(Fixture.sources("forms", Kind.SERVER, "any"))
        .extracting(SourceFile::name)
        .contains(
            "NewOrder.java",
            "NewOrderLinesItem.java",
            "NewOrderLinesItemSize.java",
            "OrdersFindMany200BodyItem.java",
            "OrdersFindMany202Body.java");
    assertThat(Fixture.sources("forms", Kind.TYPES, "any"))
        .extracting(SourceFile::name)
        .contains("DefaultsBoth.java", "DefaultsPick.java", "EventWasPlaced.java")
        .doesNotContain("Alias.java", "Maybe.java");
  }

  @Test
  void anOperationIsServedBehindThePathOfTheServersAndForTheCallersOfTheWholeContract()
      throws Exception {
    Contract contract =
        ContractReader.read("forms", "forms", Fixture.text("forms.openapi.yaml"), Kind.SERVER);
    assertThat(contract.operations())
        .extracting(Operation::id, Operation::path)
        .containsExactly(
            tuple("ordersFindMany", "/api/v2/orders/{ids}"), tuple("placeOrder", "/api/v2/orders"));
    assertThat(contract.operations())
        .extracting(operation -> operation.promises().access())
        .containsExactly(
            new Access.Scopes(List.of("forms:read")), new Access.Scopes(List.of("forms:write")));
    assertThat(contract.operations().getFirst().outcomes())
        .extracting(Outcome::status)
        .containsExactly(200, 202);
  }

  @Test
  void aListInAQueryOrPathIsReadInItsStyle() {
    String operation =
        Fixture.sources("forms", Kind.SERVER, "any").stream()
            .filter(file -> file.name().equals("OrdersFindManyOperation.java"))
            .map(SourceFile::text)
            .findFirst()
            .orElseThrow();
    assertThat(operation)
        .contains("input.pathList(\"ids\").required(IDS)")
        .contains("input.querySpacedList(\"words\").optional(WORDS)")
        .contains(".queryPipedList(\"bars\")")
        .contains("List.of(OrdersFindManyBarsItem.A, OrdersFindManyBarsItem.B)")
        .contains("input.query(\"filter[size]\").withDefault(FILTER_SIZE, 2)")
        .contains("Instant.parse(\"2026-11-20T09:30:00Z\")");
  }

  private static List<String> components(String type) throws Exception {
    return Arrays.stream(types.type(type).getRecordComponents())
        .map(component -> component.getGenericType().getTypeName() + " " + component.getName())
        .map(text -> text.replace("generated.fixture.", ""))
        .toList();
  }

  private static String rewritten(String type, String document) throws Exception {
    Parsed<Object> parsed = Json.parse(utf8(document), types.codec(type));
    assertThat(parsed).isInstanceOf(Parsed.Valid.class);
    Object value = ((Parsed.Valid<Object>) parsed).value();
    return new String(Json.bytes(types.codec(type), value), StandardCharsets.UTF_8);
  }

  private static List<String> violations(String type, String document) throws Exception {
    Parsed<Object> parsed = Json.parse(utf8(document), types.codec(type));
    assertThat(parsed).isInstanceOf(Parsed.Invalid.class);
    return ((Parsed.Invalid<Object>) parsed)
        .violations().stream().map(found -> found.pointer() + " " + found.rule()).toList();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
