package dev.manyfactor.factors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The pages of the factors say what the catalogue says.
///
/// After a change run the test with `-Dwrite.pages=true`, which writes them.
class FactorPagesTests {
  private static final Path ROOT = Path.of("..");
  private static final Path FOLDER = ROOT.resolve("docs/factors");
  private static final Path INDEX = FOLDER.resolve("README.md");
  private static final String START = "<!-- from here on written by FactorPagesTests -->\n";

  @Test
  void eachFactorHasItsPage() throws IOException {
    for (Factor factor : Factor.values()) {
      assertWritten(ROOT.resolve(factor.page()), page(factor));
    }
  }

  @Test
  void theIndexListsEachFactor() throws IOException {
    String page = Files.readString(INDEX);
    assertWritten(INDEX, page.substring(0, page.indexOf(START)) + START + table());
  }

  @Test
  void thereIsNoOtherPage() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.map(file -> "docs/factors/" + file.getFileName()))
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(
                      Stream.of("docs/factors/README.md"),
                      Arrays.stream(Factor.values()).map(Factor::page))
                  .toList());
    }
  }

  @Test
  void everyRequirementHasItsHeadingWhereItsPageIs() throws IOException {
    for (Requirement requirement : Requirement.all()) {
      String[] page = requirement.page().split("#", 2);
      assertThat(Files.readString(ROOT.resolve(page[0]))).contains("\n## " + page[1] + "\n");
    }
  }

  private static void assertWritten(Path page, String expected) throws IOException {
    if (Boolean.getBoolean("write.pages")) {
      Files.writeString(page, expected);
    }
    assertThat(Files.readString(page))
        .as("%s differs from the catalogue", page)
        .isEqualTo(expected);
  }

  private static String page(Factor factor) {
    String requirements =
        factor.requirements().stream()
            .map(FactorPagesTests::section)
            .collect(Collectors.joining("\n"));
    return """
    <!-- written by FactorPagesTests from factors/src/main/resources; see docs/decisions/0048-the-catalogue-is-data.md -->
    # %d: %s

    %s

    [All factors](README.md)

    %s\
    """
        .formatted(
            factor.number(), capitalized(factor.title()), factor.description(), requirements);
  }

  private static String section(Requirement requirement) {
    return """
    ## %s
    **%s.** %s

    - *Seen by:* %s
    - *Evidence:* %s
    - *False positives:* %s
    - *Remedy:* %s
    """
        .formatted(
            requirement.id(),
            requirement.level(),
            requirement.sentence(),
            requirement.observation(),
            requirement.evidence(),
            requirement.guard(),
            requirement.remedy());
  }

  private static String table() {
    return Arrays.stream(Factor.values())
        .map(FactorPagesTests::row)
        .collect(
            Collectors.joining(
                "\n",
                "\n| | factor | what it asks for | requirements |\n| --- | --- | --- | --- |\n",
                "\n"));
  }

  private static String row(Factor factor) {
    String page = Path.of(factor.page()).getFileName().toString();
    String ids =
        factor.requirements().stream()
            .map(requirement -> "[%s](%s#%1$s)".formatted(requirement.id(), page))
            .collect(Collectors.joining(" "));
    return "| %d | [%s](%s) | %s | %s |"
        .formatted(factor.number(), factor.title(), page, factor.description(), ids);
  }

  private static String capitalized(String title) {
    return title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1);
  }
}
