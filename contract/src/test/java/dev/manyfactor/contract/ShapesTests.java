package dev.manyfactor.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.manyfactor.contract.model.Kind;
import dev.manyfactor.contract.writer.SourceFile;
import dev.manyfactor.json.Json;
import dev.manyfactor.json.Parsed;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What each kind of schema becomes, and what its code takes and refuses.
class ShapesTests {
  private static final String READING =
      """
      {"kind":"measured","value":0.1,"count":15,"cents":0.15,"large":3000000,\
      "tags":["a","b"],"amounts":[1,1.5],"grade":"bad",\
      "parcel":{"price":"12.50","digest":"aGk="},"note":"fine"}\
      """;

  @TempDir static Path folder;
  private static Compiled server;

  @BeforeAll
  static void compile() throws Exception {
    server = Compiled.of("shapes", Kind.SERVER, folder);
  }

  @Test
  void everyKindOfScalarHasItsJavaType() throws Exception {
    assertThat(components("Reading"))
        .containsExactly(
            "ReadingKind kind",
            "double value",
            "int count",
            "Optional cents",
            "Optional large",
            "Optional tags",
            "Optional amounts",
            "Grade grade",
            "Optional parcel",
            "Optional note");
    assertThat(rewritten("Reading", READING)).isEqualTo(READING);
  }

  @Test
  void aDefaultBesideAReferenceHoldsForThatFieldOnly() throws Exception {
    String least = "{\"kind\":\"measured\",\"value\":-1.5,\"count\":0}";
    assertThat(rewritten("Reading", least)).isEqualTo(least.replace("}", ",\"grade\":\"good\"}"));
  }

  @Test
  void eachBrokenRuleIsNamed() throws Exception {
    assertThat(
            violations(
                "Reading",
                """
                {"kind":"guessed","value":100.0,"count":7,"cents":0.151,"large":5,
                 "tags":["a","b","a"],"amounts":[1,1.0],"grade":"ugly","parcel":{"price":12.5,"digest":"a"}}
                """))
        .containsExactly(
            "/kind const",
            "/value exclusiveMaximum",
            "/count multipleOf",
            "/cents multipleOf",
            "/large multipleOf",
            "/tags uniqueItems",
            "/amounts uniqueItems",
            "/grade enum",
            "/parcel/price type",
            "/parcel/digest format");
  }

  @Test
  void whatWeSendIsHeldToTheSameRules() throws Exception {
    Object reading = value("Reading", READING);
    Object wrong = with(reading, "count", 7);
    assertThatThrownBy(() -> Json.bytes(server.codec("Reading"), wrong))
        .hasMessageContaining("'/count': multipleOf");
    Object infinite = with(reading, "value", Double.POSITIVE_INFINITY);
    assertThatThrownBy(() -> Json.bytes(server.codec("Reading"), infinite))
        .hasMessageContaining("finite");
  }

  @Test
  void aUnionIsASealedInterfaceOfRecordsWithoutTheFieldThatTellsThemApart() throws Exception {
    Class<?> method = server.type("Means");
    assertThat(method.isSealed()).isTrue();
    assertThat(method.getPermittedSubclasses())
        .extracting(Class::getSimpleName)
        .containsExactly("Card", "BankTransfer", "Cash");
    assertThat(components("Card")).containsExactly("String number", "Optional until");
    assertThat(components("Cash")).isEmpty();
    assertThat(Fixture.sources("shapes", Kind.TYPES, "any"))
        .extracting(SourceFile::name)
        .contains("Refundable.java")
        .doesNotContain("CardKind.java", "BankTransferKind.java");
  }

  @Test
  void theFieldThatTellsTheKindMayStandAnywhere() throws Exception {
    String last = "{\"number\":\"4111\",\"kind\":\"card\"}";
    String first = "{\"kind\":\"card\",\"number\":\"4111\"}";
    assertThat(value("Means", last)).hasToString("Card[number=4111, until=Optional.empty]");
    assertThat(rewritten("Means", last)).isEqualTo(first);
    String list =
        "{\"methods\":[%s,{\"kind\":\"Cash\"},{\"iban\":\"é\",\"kind\":\"bank-transfer\"}],\"price\":\"1\"}"
            .formatted(last);
    assertThat(rewritten("Parcel", list))
        .isEqualTo(
            "{\"methods\":[%s,{\"kind\":\"Cash\"},{\"kind\":\"bank-transfer\",\"iban\":\"é\"}],\"price\":\"1\"}"
                .formatted(first));
  }

  @Test
  void theKindIsFoundBehindCharactersOfSeveralBytes() throws Exception {
    String page =
        """
        {"methods" : [{"iban":"é🎈","kind":"bank-transfer"} , {"number":"1","kind":"card"}],
         "price":"1"}
        """;
    assertThat(value("Parcel", page).toString()).contains("BankTransfer[iban=é🎈", "Card[number=1");
  }

  @Test
  void anUnknownKindIsAViolationAtItsField() throws Exception {
    assertThat(
            violations(
                "Parcel",
                """
                {"price":"1","method":{"x":{"kind":"card"},"kind":"cheque"},
                 "methods":[{},7,{"kind":7},{"kind":"direct-debit"},{"number":"x","kind":"card"},
                 {"kind":"bank-transfer","iban":"a","number":"1"}]}
                """))
        .containsExactly(
            "/method/kind enum",
            "/methods/0/kind required",
            "/methods/1 type",
            "/methods/2/kind type",
            "/methods/3/kind enum",
            "/methods/4/number pattern",
            "/methods/5/number additionalProperties");
  }

  @Test
  void aBrokenObjectOfAUnionIsMalformed() throws Exception {
    for (String broken :
        List.of("{\"a\":[1,}", "{\"kind\":\"card\",\"kind\":\"card\"}", "{\"kind\":\"card\"")) {
      assertThat(Json.parse(utf8(broken), server.codec("Means")))
          .as(broken)
          .isInstanceOf(Parsed.Malformed.class);
    }
  }

  @Test
  void anObjectThatContainsItselfIsReadAsDeepAsADocumentMayBe() throws Exception {
    String deepest = "{\"name\":\"a\",\"left\":".repeat(63) + "{\"name\":\"b\"}" + "}".repeat(63);
    assertThat(rewritten("Tree", deepest)).isEqualTo(deepest);
    String deeper = "{\"name\":\"a\",\"left\":" + deepest + "}";
    assertThat(Json.parse(utf8(deeper), server.codec("Tree"))).isInstanceOf(Parsed.Malformed.class);
    Object tree = with(value("Tree", deepest), "left", Optional.of(value("Tree", deepest)));
    assertThatThrownBy(() -> Json.bytes(server.codec("Tree"), tree))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("depth: must be nested at most 64 deep");
    String filter =
        "{\"op\":\"all\",\"of\":[{\"op\":\"equal\",\"to\":\"a\"},{\"op\":\"all\",\"of\":[{\"op\":\"equal\",\"to\":\"b\"}]}]}";
    assertThat(rewritten("Filter", filter)).isEqualTo(filter);
    assertThat(violations("Filter", filter.replace("\"to\":\"b\"", "\"from\":\"b\"")))
        .containsExactly("/of/1/of/0/from additionalProperties", "/of/1/of/0/to required");
  }

  @Test
  void anObjectMadeOfOthersHasAllTheirFields() throws Exception {
    assertThat(components("Animal"))
        .containsExactly(
            "String name", "Optional size", "LocalDate born", "int legs", "boolean tame");
    assertThat(violations("Animal", "{\"size\":\"huge\",\"wild\":true}"))
        .containsExactly(
            "/size enum",
            "/wild additionalProperties",
            "/name required",
            "/born required",
            "/legs required");
    String animal = "{\"name\":\"Tom\",\"born\":\"2020-02-29\",\"legs\":4,\"tame\":true}";
    assertThat(rewritten("Animal", animal)).isEqualTo(animal);
    assertThat(source("PetCodec", Kind.TYPES)).contains("Fields.closed(");
    assertThat(source("AnimalCodec", Kind.TYPES)).contains("Fields.open(");
  }

  @Test
  void aMapKeepsItsOrderAndItsRules() throws Exception {
    assertThat(components("Stock"))
        .containsExactly("Map counts", "Optional labels", "Optional gone", "Optional lists");
    String stock = "{\"counts\":{\"z\":1,\"a\":2},\"labels\":{\"b\":\"x\",\"a\":\"y\"}}";
    assertThat(rewritten("Stock", stock)).isEqualTo(stock);
    assertThat(
            violations(
                "Stock",
                """
                {"counts":{"a/b":-1,"b":1,"c":1,"d":1},"labels":{"A":"x","b":"far too long"},"gone":null,
                 "lists":{"x":[true,1,false]}}
                """))
        .containsExactly(
            "/counts/a~1b minimum",
            "/counts maxProperties",
            "/labels/A propertyNames",
            "/labels/b maxLength",
            "/lists/x/1 type",
            "/lists/x maxItems");
    assertThat(violations("Stock", "{\"counts\":{}}")).containsExactly("/counts minProperties");
    Object wrong = with(value("Stock", stock), "counts", Map.of());
    assertThatThrownBy(() -> Json.bytes(server.codec("Stock"), wrong))
        .hasMessageContaining("minProperties");
  }

  @Test
  void aParameterOrHeaderCanBeAList() throws Exception {
    assertThat(components("ListReadings$Query"))
        .contains("List tag", "Optional ids", "Optional xGrades");
    assertThat(components("ListReadings$Ok"))
        .containsExactly("Reading body", "List xTags", "Optional xGrades", "Optional xPrice");
    assertThat(source("ListReadingsOperation"))
        .contains("input.query(\"tag\").required(TAG)")
        .contains("input.queryList(\"ids\").optional(IDS)")
        .contains("input.headerList(\"X-Grades\").optional(X_GRADES)");
  }

  @Test
  void whatIsDeprecatedIsSoInJava() throws Exception {
    Class<?> reading = server.type("Reading");
    assertThat(reading.getMethod("note").isAnnotationPresent(Deprecated.class)).isTrue();
    assertThat(reading.getMethod("grade").isAnnotationPresent(Deprecated.class)).isTrue();
    assertThat(reading.getMethod("value").isAnnotationPresent(Deprecated.class)).isFalse();
    assertThat(
            server
                .type("ListReadings$Query")
                .getMethod("step")
                .isAnnotationPresent(Deprecated.class))
        .isTrue();
    assertThat(Arrays.stream(server.type("ShapesApi").getMethods()))
        .filteredOn(method -> method.getName().equals("listReadings"))
        .allMatch(method -> method.isAnnotationPresent(Deprecated.class));
  }

  private static String source(String type) {
    return source(type, Kind.SERVER);
  }

  private static String source(String type, Kind kind) {
    return Fixture.sources("shapes", kind, "any").stream()
        .filter(file -> file.name().equals(type + ".java"))
        .map(SourceFile::text)
        .findFirst()
        .orElseThrow();
  }

  private static List<String> components(String type) throws Exception {
    return Arrays.stream(server.type(type).getRecordComponents())
        .map(component -> component.getType().getSimpleName() + " " + component.getName())
        .toList();
  }

  /// A copy of a record with one other value.
  private static Object with(Object original, String name, Object value) throws Exception {
    RecordComponent[] components = original.getClass().getRecordComponents();
    Object[] values = new Object[components.length];
    for (int position = 0; position < values.length; position++) {
      boolean isReplaced = components[position].getName().equals(name);
      values[position] = isReplaced ? value : components[position].getAccessor().invoke(original);
    }
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    return original.getClass().getConstructor(types).newInstance(values);
  }

  private static Object value(String type, String document) throws Exception {
    Parsed<Object> parsed = Json.parse(utf8(document), server.codec(type));
    assertThat(parsed).isInstanceOf(Parsed.Valid.class);
    return ((Parsed.Valid<Object>) parsed).value();
  }

  private static String rewritten(String type, String document) throws Exception {
    return new String(
        Json.bytes(server.codec(type), value(type, document)), StandardCharsets.UTF_8);
  }

  private static List<String> violations(String type, String document) throws Exception {
    Parsed<Object> parsed = Json.parse(utf8(document), server.codec(type));
    assertThat(parsed).isInstanceOf(Parsed.Invalid.class);
    return ((Parsed.Invalid<Object>) parsed)
        .violations().stream().map(found -> found.pointer() + " " + found.rule()).toList();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
