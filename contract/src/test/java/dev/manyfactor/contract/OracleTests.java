package dev.manyfactor.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.manyfactor.contract.model.Kind;
import dev.manyfactor.json.Codec;
import dev.manyfactor.json.Json;
import dev.manyfactor.json.Parsed;
import dev.manyfactor.json.Violation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Generated code and a JSON Schema validator that is not ours find the same places wrong.
///
/// Left out are numbers beyond 64 bits, which the validator allows: to it `int64` is a note; and
/// the formats that only OpenAPI knows, `byte` and `decimal`.
///
/// Valid documents are changed at random places (a fixed seed, so a failure repeats); whatever
/// comes out is judged by both.
class OracleTests {
  private static final String CONTRACTS = "https://example.com/";
  private static final int DOCUMENTS = 2_000;
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
          .build();

  @TempDir static Path folder;
  private static final Map<String, Compiled> TYPES = new HashMap<>();
  private static SchemaRegistry registry;

  @BeforeAll
  static void compile() throws Exception {
    Map<String, String> texts = new HashMap<>();
    for (String contract : List.of("payments", "shapes", "forms")) {
      Path classes = Files.createDirectory(folder.resolve(contract));
      TYPES.put(contract, Compiled.of(contract, Kind.TYPES, classes));
      texts.put(CONTRACTS + contract + ".yaml", Fixture.text(contract + ".openapi.yaml"));
    }
    registry =
        SchemaRegistry.withDialect(Dialects.getDraft202012(), builder -> builder.schemas(texts));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "shapes | Reading | {'kind':'measured','value':1.5,'count':5,'cents':0.05,'large':1000000,'tags':['a','b'],'amounts':[1,2.5],'grade':'bad','note':null}",
        "shapes | Stock | {'counts':{'a':1},'gone':{'a':'good'},'lists':{'x':[true]}}",
        "shapes | Animal | {'name':'Tom','size':'small','born':'2020-02-29','legs':4,'tame':true}",
        "shapes | Tree | {'name':'a','left':{'name':'b'},'branches':[{'name':'c','branches':[{'name':'d'}]}],'named':{'x':{'name':'e'}}}",
        "forms | Nulls | {'must':{'minor':1},'may':{'minor':2},'tier':'paid','items':['a',null],'values':{'a':null,'b':true},'named':'x','inside':{'deep':['x','y']},'usual':9,'tags':['b']}",
        "forms | Free | {'any':{'a':[1]},'fields':{'a':1},'open':{'x':{}},'list':[1,'a'],'byName':{'n':null}}",
        "forms | Fixed | {'version':3,'level':10,'rate':0.5,'agreed':true,'kind':'one','levels':[1,2]}",
        "forms | Defaults | {'always':'x','id':'6f2d1c1e-0000-4000-8000-00000000000a','day':'2026-11-20','at':'2026-11-20T09:30:00Z','link':'https://example.org/','none':[{'minor':1}],'some':[1],'grades':['good'],'level':2,'grade':'bad','both':{'minor':1,'extra':'e'}}",
        "payments | NewCustomer | {'email':'ada@example.com','name':'Ada','country':'GB','tier':'vip','website':'https://a.org','born':'1815-12-10','language':'de','newsletter':true,'labels':['a','b']}",
        "payments | NewPayment | {'customer_id':'6f2d1c1e-0000-4000-8000-00000000000b','amount_minor':100,'currency':'EUR','description':'x','fee_rate':0.5,'fields':['a']}",
        "payments | CustomerChange | {'name':'Ada','nickname':null}",
        "payments | PaymentPage | {'items':[{'id':'6f2d1c1e-0000-4000-8000-00000000000b','customer_id':'6f2d1c1e-0000-4000-8000-00000000000b','amount_minor':100,'currency':'EUR','fee_rate':0.5,'status':'captured','created_at':'2026-11-20T09:31:00Z','refunds':[{'amount_minor':1,'at':'2026-11-20T09:31:00Z'}]}],'next_cursor':'c'}",
        "payments | Account | {'name':'clearing','currency':'EUR','balance_minor':-7}"
      })
  void theSamePlacesAreWrong(String contract, String type, String valid) throws Exception {
    Codec<Object> codec = Objects.requireNonNull(TYPES.get(contract), contract).codec(type);
    Schema schema =
        registry.getSchema(
            SchemaLocation.of(CONTRACTS + contract + ".yaml#/components/schemas/" + type));
    JsonNode start = MAPPER.readTree(valid.replace('\'', '"'));
    Random random = new Random(20261120);
    int invalid = 0;
    for (int count = 0; count < DOCUMENTS; count++) {
      JsonNode document = start.deepCopy();
      for (int changes = random.nextInt(4); changes > 0; changes--) {
        document = Mutation.change(document, random, MAPPER);
      }
      Set<String> expected = expected(schema, document);
      Set<String> found = found(codec, document);
      Set<String> overfull = overfull(schema, document);
      found.removeIf(place -> isInside(place, overfull));
      expected.removeIf(place -> isInside(place, overfull));
      assertThat(found).as(document.toString()).isEqualTo(expected);
      invalid += expected.isEmpty() ? 0 : 1;
    }
    assertThat(invalid).isBetween(DOCUMENTS / 10, DOCUMENTS - DOCUMENTS / 10);
  }

  private static Set<String> expected(Schema schema, JsonNode document) {
    List<Error> errors = errors(schema, document);
    return errors.stream()
        .filter(error -> !isOfBrokenItems(error, errors))
        .filter(error -> !isOfAlternative(error))
        .map(OracleTests::place)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// What is no null either is told only by the rules of the schema beside it.
  private static boolean isOfAlternative(Error error) {
    return Set.of("anyOf", "oneOf").contains(error.getKeyword())
        || error.getEvaluationPath().toString().matches(".*/(anyOf|oneOf)/1/type");
  }

  /// Generated code looks for equal items only where each keeps its own rules.
  private static boolean isOfBrokenItems(Error error, List<Error> errors) {
    String inside = error.getInstanceLocation() + "/";
    return error.getKeyword().equals("uniqueItems")
        && errors.stream().anyMatch(other -> place(other).startsWith(inside));
  }

  /// The arrays and maps with too many values: generated code does not read what is beyond the
  /// bound.
  private static Set<String> overfull(Schema schema, JsonNode document) {
    return errors(schema, document).stream()
        .filter(error -> Set.of("maxItems", "maxProperties").contains(error.getKeyword()))
        .map(error -> error.getInstanceLocation() + "/")
        .collect(Collectors.toSet());
  }

  private static boolean isInside(String place, Set<String> arrays) {
    return arrays.stream().anyMatch(place::startsWith);
  }

  private static List<Error> errors(Schema schema, JsonNode document) {
    return schema.validate(
        document,
        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
  }

  private static String place(Error error) {
    String place = error.getInstanceLocation().toString();
    boolean isOfField =
        Set.of("required", "additionalProperties", "unevaluatedProperties")
            .contains(error.getKeyword());
    return isOfField
        ? place + "/" + error.getProperty().replace("~", "~0").replace("/", "~1")
        : place;
  }

  private static Set<String> found(Codec<Object> codec, JsonNode document) {
    Parsed<Object> parsed = Json.parse(document.toString().getBytes(StandardCharsets.UTF_8), codec);
    return switch (parsed) {
      case Parsed.Valid<Object> _ -> new TreeSet<>();
      case Parsed.Malformed<Object>(var detail) -> new TreeSet<>(List.of(detail));
      case Parsed.Invalid<Object>(var violations) ->
          violations.stream()
              .map(Violation::pointer)
              .collect(Collectors.toCollection(TreeSet::new));
    };
  }
}
