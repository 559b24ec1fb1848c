package dev.manyfactor.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.formation.Surroundings;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The judge finds what it is there to find.
class PlantedBugTests {
  private static final long SEED = 7;
  private static final int SLICE = 250;
  private static final int MOST = 20 * SLICE;
  private static Stage stage;
  private static Subject subject;

  @BeforeAll
  static void start() throws Exception {
    stage = Stage.open(Checkout.root(), Surroundings.ofProcess());
    subject = stage.start("fixtures/everything").subject();
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  @Test
  void nothingIsFoundWhereThereIsNoBug() throws Exception {
    var run = new Run(subject, SEED, System::nanoTime, it -> it);
    assertThat(run.send(0, 4 * SLICE).findings()).isEmpty();
  }

  static List<PlantedBug> bugs() {
    return PlantedBug.all();
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void aPlantedBugIsFoundByItsName(PlantedBug bug) throws Exception {
    var run = new Run(subject, SEED, System::nanoTime, bug);
    Figures figures = run.send(0, SLICE);
    for (int first = SLICE; !isFound(bug, figures) && first < MOST; first += SLICE) {
      figures = run.send(first, first + SLICE);
    }
    assertThat(isFound(bug, figures)).as(figures.findings().toString()).isTrue();
    assertThat(figures.findings())
        .allSatisfy(finding -> assertThat(finding.seed()).isEqualTo(SEED))
        .allSatisfy(
            finding -> assertThat(finding.request()).doesNotContain(subject.tokens().good()));
  }

  private static boolean isFound(PlantedBug bug, Figures figures) {
    return figures.findings().stream()
        .anyMatch(finding -> finding.fault().rule().equals(bug.rule()));
  }
}
