package dev.manyfactor.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DecisionsTests {
  private static final String FOLDER = "docs/decisions/";
  private static final List<String> RECORDS =
      Checkout.files().stream()
          .filter(file -> file.matches(FOLDER + "\\d{4}-.*\\.md"))
          .sorted()
          .toList();

  @Test
  void theyAreNumberedWithoutGaps() {
    assertThat(RECORDS)
        .isNotEmpty()
        .extracting(file -> file.substring(FOLDER.length(), FOLDER.length() + 4))
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, RECORDS.size()).mapToObj("%04d"::formatted).toList());
  }

  @Test
  void eachIsListed() {
    String list = Checkout.text(FOLDER + "README.md");
    assertThat(RECORDS)
        .allSatisfy(file -> assertThat(list).contains("(" + file.substring(FOLDER.length()) + ")"));
  }

  @Test
  void eachHasTheFormOfTheTemplate() {
    List<String> headings =
        Checkout.text(FOLDER + "template.md")
            .lines()
            .filter(line -> line.startsWith("## "))
            .toList();
    assertThat(RECORDS)
        .allSatisfy(file ->
            assertThat(Checkout.text(file).lines())
                .containsSubsequence(headings)
                .anyMatch(line -> line.matches("Status: (accepted|replaced by \\d{4}).*")));
  }
}
