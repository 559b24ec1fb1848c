package dev.manyfactor.factors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RequirementTests {
  private static final List<Requirement> ALL = Requirement.all();

  /// A requirement as it was released.
  ///
  /// @param words words of its sentence, which those of no other requirement has
  private record Released(String id, Level level, String words) {
    static Released of(String line) {
      String[] parts = line.split(" ", 3);
      return new Released(parts[0], Level.valueOf(parts[1]), parts[2]);
    }
  }

  @Test
  void everyReleasedIdIsThereAtItsLevelAndEveryIdIsReleased() throws IOException {
    assertThat(released()).hasSizeGreaterThanOrEqualTo(115);
    assertThat(ALL)
        .extracting(requirement -> requirement.id() + " " + requirement.level())
        .containsExactlyElementsOf(
            released().stream().map(line -> line.id() + " " + line.level()).toList());
  }

  @Test
  void everyReleasedIdStillMeansTheSame() throws IOException {
    for (Released line : released()) {
      assertThat(ALL.stream().filter(requirement -> requirement.sentence().contains(line.words())))
          .as("the requirement about: %s", line.words())
          .extracting(Requirement::id)
          .containsExactly(line.id());
    }
  }

  @Test
  void everyTextIsWholeSentencesWithoutMarkup() {
    assertThat(ALL)
        .allSatisfy(requirement ->
            assertThat(texts(requirement))
                .as(requirement.id())
                .allMatch(text -> text.matches("[A-Z0-9][^`*<>|\\[\\]]{8,}\\.")));
  }

  @Test
  void noTwoRequirementsShareASentenceOrARemedy() {
    assertThat(ALL).extracting(Requirement::sentence).doesNotHaveDuplicates();
    assertThat(ALL).extracting(Requirement::remedy).doesNotHaveDuplicates();
  }

  @Test
  void oneIsFoundByItsIdAndKnowsItsFactorAndPage() {
    Requirement stop = Requirement.of("09-2").orElseThrow();
    assertThat(stop.factor()).isEqualTo(Factor.DISPOSABILITY);
    assertThat(stop.page()).isEqualTo("docs/factors/09-disposability.md#09-2");
    assertThat(Requirement.of("10-1").orElseThrow().page())
        .isEqualTo("docs/factors/10-dev-prod-parity.md#10-1");
    assertThat(Requirement.of("09-9")).isEmpty();
    assertThat(Requirement.of("9-2")).isEmpty();
  }

  @Test
  void thoseOfAFactorAreMendedInTheOrderOfTheirIds() {
    assertThat(
            Stream.of("22-1", "18-2", "14-1", "18-1", "09-2", "01-1", "13-1")
                .map(id -> Requirement.of(id).orElseThrow())
                .sorted(Requirement.mendFirst()))
        .extracting(Requirement::id)
        .containsExactly("01-1", "09-2", "14-1", "18-1", "18-2", "13-1", "22-1");
  }

  private static List<String> texts(Requirement requirement) {
    return List.of(
        requirement.sentence(),
        requirement.observation(),
        requirement.evidence(),
        requirement.guard(),
        requirement.remedy());
  }

  private static List<Released> released() throws IOException {
    try (InputStream file = RequirementTests.class.getResourceAsStream("released.txt")) {
      String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().map(Released::of).toList();
    }
  }
}
