package dev.manyfactor.prover.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.manyfactor.prover.outcome.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class JsonPageTests {
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(JsonPage.schema(), InputFormat.JSON);

  private final JsonNode page = JsonMapper.shared().readTree(JsonPage.of(MadeUp.report()));

  @Test
  void everyReportIsWhatTheSchemaSays() {
    assertThat(problems(JsonPage.of(MadeUp.report()))).isEmpty();
    assertThat(problems(JsonPage.of(MadeUp.report(List.of())))).isEmpty();
    Report unborn =
        MadeUp.report(
            MadeUp.CHECKED.stream().map(id -> MadeUp.result(id, MadeUp.neverReady())).toList());
    assertThat(problems(JsonPage.of(unborn))).isEmpty();
  }

  /// Ways to break a report, each of which the schema has to notice.
  static List<Broken> broken() {
    return List.of(
        new Broken("no seed", root -> root.remove("seed")),
        new Broken("another format", root -> root.put("format", 2)),
        new Broken("an exit code of another kind", root -> root.put("exit_code", 2)),
        new Broken("a count that is missing", root -> root.withObject("counts").remove("ERROR")),
        new Broken("22 factors", root -> root.withArray("factors").remove(0)),
        new Broken("an id that is none", root -> of(root, "01-1").put("id", "24-1")),
        new Broken("an outcome that is none", root -> of(root, "01-1").put("outcome", "OK")),
        new Broken("no reason", root -> of(root, "01-1").put("reason", " ")),
        new Broken("a pass without a trial", root -> of(root, "01-1").putArray("evidence")),
        new Broken("a pass that broke", root -> trial(root, "01-1", 0).put("finding", "BROKEN")),
        new Broken(
            "a failure without a counter-example",
            root -> trial(root, "09-2", 0).put("finding", "SURVIVED")),
        new Broken("not proven without a cause", root -> of(root, "04-4").remove("cause")),
        new Broken("a cause of a pass", root -> of(root, "01-1").put("cause", "noisy")),
        new Broken("a waiver without an owner", root -> of(root, "07-3").remove("owner")),
        new Broken(
            "a waived pass", root -> of(root, "07-3").withObject("hidden").put("outcome", "PASS")),
        new Broken(
            "a control that is none", root -> of(root, "01-1").withObject("controls").put("C9", 1)),
        new Broken("no line to reproduce", root -> of(root, "09-2").remove("reproduce")));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void aBrokenReportIsRefused(Broken broken) {
    ObjectNode copy = (ObjectNode) page.deepCopy();
    broken.how().accept(copy);
    assertThat(problems(copy.toString())).as(broken.what()).isNotEmpty();
  }

  @Test
  void aFailureCarriesItsTrialsControlsAndTranscript() {
    ObjectNode failure = of((ObjectNode) page, "09-2");
    assertThat(failure.get("outcome").asString()).isEqualTo("FAIL");
    assertThat(failure.get("reason").asString()).startsWith("POST /v1/payments was held open");
    assertThat(failure.get("trials").toString())
        .isEqualTo("{\"made\":3,\"survived\":2,\"minimum\":3}");
    assertThat(failure.get("controls").toString()).isEqualTo("{\"C0\":3,\"C1\":3}");
    assertThat(failure.get("reproduce").asString())
        .isEqualTo("mf prove examples/payments --only 09-2 --seed 4711");
    JsonNode transcript = failure.get("evidence").get(1).get("transcript");
    assertThat(transcript.get(8).toString())
        .isEqualTo("{\"at\":1.182,\"lane\":\"prover\",\"text\":\"SIGTERM to 48213\"}");
  }

  @Test
  void theCountsSumAndWhatIsOutsideOfThemIsListed() {
    JsonNode counts = page.get("counts");
    int sum =
        counts
            .propertyStream()
            .filter(count -> !count.getKey().equals("total"))
            .mapToInt(count -> count.getValue().asInt())
            .sum();
    assertThat(sum).isEqualTo(counts.get("total").asInt()).isEqualTo(21);
    assertThat(page.get("not_in_this_version").toString()).contains("\"02-1\"");
    assertThat(page.get("not_asked").size()).isZero();
    assertThat(page.get("exit_code").asInt()).isEqualTo(4);
  }

  @Test
  void theReferenceHasTheSameSchemaAsTheProgram() throws Exception {
    assertThat(Files.readString(Path.of("../docs/reference/prove-report.schema.json")))
        .isEqualTo(JsonPage.schema());
  }

  /// @param how what is done to a report
  record Broken(String what, Consumer<ObjectNode> how) {
    @Override
    public String toString() {
      return what;
    }
  }

  private static ObjectNode of(ObjectNode root, String id) {
    ArrayNode requirements = root.withArray("requirements");
    for (JsonNode one : requirements) {
      if (one.get("id").asString().equals(id)) {
        return (ObjectNode) one;
      }
    }
    throw new AssertionError(id + " is not in the report");
  }

  private static ObjectNode trial(ObjectNode root, String id, int number) {
    ArrayNode evidence = of(root, id).withArray("evidence");
    for (JsonNode one : evidence) {
      if (!one.get("finding").asString().equals("SURVIVED")) {
        return (ObjectNode) one;
      }
    }
    return (ObjectNode) evidence.get(number);
  }

  private static List<Error> problems(String json) {
    return SCHEMA.validate(json, InputFormat.JSON);
  }
}
