package dev.manyfactor.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.chaos.sweep.Cell;
import dev.manyfactor.chaos.sweep.SweepReport;
import dev.manyfactor.faults.Moment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A sample of what `build/mutants/run` does with all of them: the sweep tells a planted bug, and
/// finds nothing in the same cells without it.
class MutantSweepTests {
  private static final Mutant MUTANT = Mutant.RESPONSE_IN_A_SECOND_TRANSACTION;
  private final List<String> said = new ArrayList<>();

  private static boolean isQuick(Cell cell) {
    return MUTANT.isTriedIn(cell) && cell.moment() == Moment.BEFORE;
  }

  @Test
  void plantedBugIsTold(@TempDir Path folder) throws Exception {
    SweepReport report = sweep(folder, MUTANT.patches());
    assertThat(report.violations()).as("%s", said).isNotEmpty();
  }

  @Test
  void withoutItNothingIsFound(@TempDir Path folder) throws Exception {
    SweepReport report = sweep(folder, List.of());
    assertThat(report.isClean()).as("%s", said).isTrue();
    assertThat(report.done()).isGreaterThan(4);
  }

  private SweepReport sweep(Path folder, List<String> patches) throws Exception {
    return new MutantSweep(folder, said::add)
        .of(patches, MUTANT.subject(), MutantSweepTests::isQuick);
  }
}
