package dev.manyfactor.prover.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.prover.Choice;
import dev.manyfactor.prover.Prover;
import dev.manyfactor.prover.trial.Rule;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A sample of the whole matrix, which `build/matrix` runs.
class ConfusionMatrixTests {
  private static final long SEED = Long.getLong("seed", 42);
  private static final int AT_ONCE = 2;
  private static final int SAMPLE = 12;
  private static final Object ALONE = new Object();
  private static final int MOST_LINES = 18;

  @Test
  void eachRequirementThatIsCheckedHasOnePatchThatBreaksIt() {
    assertThat(Breakage.all())
        .extracting(Breakage::requirement)
        .containsExactlyElementsOf(Prover.rules().stream().map(Rule::requirement).toList());
    assertThat(Breakage.all())
        .allSatisfy(breakage -> {
          assertThat(breakage.lines()).as(breakage.requirement()).isBetween(1, MOST_LINES);
          assertThat(breakage.why()).as(breakage.requirement()).isNotBlank();
        });
  }

  @Test
  void thePageNamesThePatchesThatThereAre() throws Exception {
    if (Boolean.getBoolean("write.pages")) {
      MatrixPage.writePatches();
    }
    assertThat(MatrixRun.PAGE)
        .content()
        .as("run build/matrix, which writes the page, or this with -Dwrite.pages=true")
        .contains(MatrixPage.patches());
    assertThat(Files.readString(MatrixRun.PAGE)).contains(MatrixPage.CELLS);
  }

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES) // most of it is waiting, but for a busy machine
  void requirementsFindWhatIsBrokenForThem() throws Exception {
    List<Callable<List<String>>> runs = new ArrayList<>();
    for (Breakage breakage : shuffled().subList(0, SAMPLE)) {
      runs.add(() -> surprises(breakage, new Choice(Set.of(), Set.of(breakage.requirement()))));
    }
    assertThat(all(runs)).isEmpty();
  }

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void nothingElseIsFoundInABrokenService() throws Exception {
    assertThat(surprises(shuffled().getLast(), Choice.all())).isEmpty();
  }

  private static List<Breakage> shuffled() {
    List<Breakage> shuffled = new ArrayList<>(Breakage.all());
    Collections.shuffle(shuffled, new Random(SEED));
    return shuffled;
  }

  /// What a busy machine could not tell is asked once more, one after the other.
  private static List<String> surprises(Breakage breakage, Choice choice) throws Exception {
    Row row = row(breakage, choice);
    if (!row.surprises().isEmpty() && row.isOnlyUndecided()) {
      synchronized (ALONE) {
        row = row(breakage, choice);
      }
    }
    return row.surprises();
  }

  private static Row row(Breakage breakage, Choice choice) throws Exception {
    try (Specimen specimen = Specimen.broken(breakage)) {
      return Row.of(
          breakage.service(), breakage.requirement(), specimen.proven(choice, true, SEED));
    }
  }

  private static List<String> all(List<Callable<List<String>>> runs) throws Exception {
    List<String> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      for (Future<List<String>> run : threads.invokeAll(runs)) {
        all.addAll(run.get());
      }
    }
    return all;
  }
}
