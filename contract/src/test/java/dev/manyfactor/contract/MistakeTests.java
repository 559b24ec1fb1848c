package dev.manyfactor.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.manyfactor.contract.model.Kind;
import dev.manyfactor.contract.reader.ContractReader;
import dev.manyfactor.contract.source.InvalidContract;
import dev.manyfactor.contract.source.Problem;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every mistake in a contract is told with its file and line, and with what to write instead.
class MistakeTests {
  private static final String FILE = "src/main/contract/mistakes.openapi.yaml";
  private static final String CORRECT = Fixture.text("mistakes.openapi.yaml");

  @Test
  void theContractWithoutMistakesIsAccepted() throws InvalidContract {
    assertThat(ContractReader.read("mistakes", FILE, CORRECT, Kind.SERVER).operations()).hasSize(3);
  }

  @Test
  void whatOthersSendAndWhatTheirToolsSayIsPassedOver() throws InvalidContract {
    String theirs =
        CORRECT
            .replace("paths:", "x-logo: {url: /a.png}\nwebhooks: {changed: {post: {}}}\npaths:")
            .replace(
                "{type: string, enum: [big, small]}", "{type: string, enum: [\"01\"], x-a: 1}");
    assertThat(theirs).contains("x-a");
    assertThat(ContractReader.read("mistakes", FILE, theirs, Kind.TYPES).declarations())
        .isNotEmpty();
  }

  @Test
  void whatHasFieldsIsAnObjectWithoutSayingSo() throws InvalidContract {
    String without = CORRECT.replace("      type: object\n", "");
    assertThat(without.length()).isLessThan(CORRECT.length());
    assertThat(ContractReader.read("mistakes", FILE, without, Kind.SERVER).declarations())
        .hasSameSizeAs(ContractReader.read("mistakes", FILE, CORRECT, Kind.SERVER).declarations());
  }

  static List<Mistake> mistakes() {
    List<Mistake> mistakes = Mistake.all(Fixture.text("mistakes.txt"));
    assertThat(mistakes).hasSizeGreaterThan(140);
    return mistakes;
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsToldWithItsLine(Mistake mistake) {
    String contract = mistake.in(CORRECT);
    assertThat(problems(contract))
        .allSatisfy(problem -> assertThat(problem.file()).isEqualTo(FILE))
        .anySatisfy(problem -> {
          assertThat(problem.message()).contains(mistake.message());
          assertThat(contract.lines().toList().get(problem.line() - 1)).contains(mistake.line());
        });
  }

  static List<Mistake> fileMistakes() {
    List<Mistake> mistakes = Mistake.all(Fixture.text("file-mistakes.txt"));
    assertThat(mistakes).hasSizeGreaterThan(25);
    return mistakes;
  }

  @ParameterizedTest
  @MethodSource("fileMistakes")
  void aMistakeAboutFilesIsToldWithItsLine(Mistake mistake) {
    String contract = mistake.in(Fixture.text("files.openapi.yaml"));
    assertThat(problems(contract))
        .anySatisfy(problem -> {
          assertThat(problem.message()).contains(mistake.message());
          assertThat(contract.lines().toList().get(problem.line() - 1)).contains(mistake.line());
        });
  }

  static Stream<Arguments> names() {
    return Stream.of(
        Arguments.of(
            "Thing",
            "List",
            "schema List would become the Java type List, which is used by the generated code; rename it"),
        Arguments.of(
            "NewThing",
            "AddThing",
            "schema AddThing would become the Java type AddThing, which is the outcome of operation addThing"),
        Arguments.of(
            "Thing",
            "Created",
            "schema Created would become the Java type Created, which is the name of an outcome"),
        Arguments.of("Thing", "Query", "which is the name of the parameters of an operation"),
        Arguments.of("Thing", "NewThingCodec", "which is the codec of NewThing"),
        Arguments.of("Thing", "MistakesApi", "which is the interface of the contract"));
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @MethodSource("names")
  void aNameThatIsTakenIsToldAtItsSchema(String name, String taken, String message) {
    String contract =
        CORRECT.replaceAll("(schemas/| {4})" + name + "(\"|:\n)", "$1" + taken + "$2");
    assertThat(problems(contract))
        .extracting(Problem::message)
        .anySatisfy(found -> assertThat(found).contains(message));
  }

  @Test
  void allMistakesAreToldAtOnceInTheOrderOfTheirLines() {
    String contract =
        CORRECT
            .replace("openapi: 3.1.0", "openapi: 2.0.0")
            .replace("security: [{oidc: [things:read]}]", "tags: [a]")
            .replace("operationId: replaceThing", "x-deadline: soon")
            .replace("maxLength: 9", "maxLenght: 9")
            .replace("format: int64, minimum: 1", "format: int6, multipleOff: 2")
            .replace("{type: string, enum: [big, small]}", "{$ref: \"#/components/schemas/Kind\"}");
    List<Problem> problems = problems(contract);
    assertThat(problems)
        .hasSizeGreaterThanOrEqualTo(8)
        .isSortedAccordingTo((a, b) -> Integer.compare(a.line(), b.line()));
    assertThat(problems)
        .extracting(Problem::toString)
        .allSatisfy(problem ->
            assertThat(problem).matches("src/main/contract/mistakes\\.openapi\\.yaml:[0-9]+: .+"))
        .anySatisfy(problem -> assertThat(problem).contains("must be written in OpenAPI 3.1"))
        .anySatisfy(
            problem -> assertThat(problem).contains("listThings: says nothing of who may use it"))
        .anySatisfy(problem -> assertThat(problem).contains("has no operationId"))
        .anySatisfy(problem -> assertThat(problem).contains("must be a time such as"))
        .anySatisfy(problem -> assertThat(problem).contains("'maxLenght'"))
        .anySatisfy(problem -> assertThat(problem).contains("'multipleOff'"))
        .anySatisfy(problem -> assertThat(problem).contains("int32 or int64"))
        .anySatisfy(problem -> assertThat(problem).contains("has no 'Kind'"));
  }

  @Test
  void textThatIsNoYamlIsToldWithItsLine() {
    assertThat(problems("openapi: 3.1.0\ninfo: [\n")).extracting(Problem::line).containsExactly(3);
    assertThat(problems("")).extracting(Problem::message).containsExactly("the contract is empty");
    assertThat(problems("- a\n"))
        .extracting(Problem::message)
        .containsExactly("the contract: must be a mapping, but is a list");
    assertThat(problems("a: 1\n---\nb: 2\n")).isNotEmpty();
  }

  private static List<Problem> problems(String contract) {
    InvalidContract invalid =
        catchThrowableOfType(
            InvalidContract.class,
            () -> ContractReader.read("mistakes", FILE, contract, Kind.SERVER));
    return Objects.requireNonNull(invalid, "the contract was accepted").problems();
  }
}
