package dev.manyfactor.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.contract.model.Kind;
import dev.manyfactor.contract.reader.ContractReader;
import dev.manyfactor.contract.source.InvalidContract;
import dev.manyfactor.contract.source.Problem;
import dev.manyfactor.contract.source.Problems;
import dev.manyfactor.contract.source.Yaml;
import dev.manyfactor.contract.source.YamlParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A letter too many in any keyword, anywhere in a realistic contract, is told at its line.
class MisspellingTests {
  /// Below these, keys are names of the author's own.
  private static final Set<String> MAPS_OF_NAMES =
      Set.of(
          "paths",
          "pathItems",
          "requestBodies",
          "variables",
          "schemas",
          "properties",
          "responses",
          "headers",
          "content",
          "securitySchemes");

  /// A key of the contract, and which one of its kind on its line.
  private record Keyword(String key, int line, int position) {}

  @ParameterizedTest
  @CsvSource({"payments, 400", "shapes, 200", "forms, 200"})
  void noMisspeltKeywordIsPassedOver(String contract, int fewest) {
    String correct = Fixture.text(contract + ".openapi.yaml");
    List<Keyword> keywords = new ArrayList<>();
    Yaml root = YamlParser.parse(correct, new Problems(contract)).orElseThrow();
    collect(root, false, keywords);
    assertThat(keywords).hasSizeGreaterThan(fewest);
    List<Keyword> passedOver =
        keywords.stream().filter(keyword -> !isTold(correct, keyword)).toList();
    assertThat(passedOver).isEmpty();
  }

  private static boolean isTold(String correct, Keyword keyword) {
    try {
      ContractReader.read("any", "any", misspelt(correct, keyword), Kind.SERVER);
      return false;
    } catch (InvalidContract invalid) {
      String misspelt = "'" + keyword.key() + "x' is not supported; ";
      return invalid.problems().stream().anyMatch(problem -> isAbout(problem, keyword, misspelt));
    }
  }

  private static boolean isAbout(Problem problem, Keyword keyword, String misspelt) {
    return problem.line() == keyword.line() && problem.message().contains(misspelt);
  }

  private static String misspelt(String correct, Keyword keyword) {
    List<String> lines = new ArrayList<>(correct.lines().toList());
    String line = lines.get(keyword.line() - 1);
    int start = keyword.position();
    int end = start + keyword.key().length();
    lines.set(keyword.line() - 1, line.substring(0, end) + "x" + line.substring(end));
    return String.join("\n", lines);
  }

  private static void collect(Yaml node, boolean areNames, List<Keyword> keywords) {
    switch (node) {
      case Yaml.Mapping mapping ->
          mapping.entries().forEach(entry -> collect(entry, areNames, keywords));
      case Yaml.Sequence sequence ->
          sequence.items().forEach(item -> collect(item, false, keywords));
      case Yaml.Scalar _ -> {}
    }
  }

  private static void collect(Yaml.Entry entry, boolean isName, List<Keyword> keywords) {
    if (!isName) {
      keywords.add(new Keyword(entry.key(), entry.line(), entry.column() - 1));
    }
    boolean isPrimitive =
        Set.of("security", "x-idempotency", "example", "examples", "mapping", "default")
            .contains(entry.key());
    boolean isSharedParameters =
        entry.key().equals("parameters") && entry.value() instanceof Yaml.Mapping;
    if (!isPrimitive) {
      boolean areNames = !isName && (MAPS_OF_NAMES.contains(entry.key()) || isSharedParameters);
      collect(entry.value(), areNames, keywords);
    }
  }
}
