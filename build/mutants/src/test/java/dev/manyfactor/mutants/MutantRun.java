package dev.manyfactor.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.chaos.sweep.Fault;
import dev.manyfactor.chaos.sweep.SweepReport;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MutantRun {
  @ParameterizedTest
  @EnumSource
  void run(Mutant mutant, @TempDir Path folder) throws Exception {
    String wanted = System.getProperty("mutant", mutant.label());
    if (!wanted.equals(mutant.label())) {
      return;
    }
    SweepReport report =
        new MutantSweep(folder, System.err::println)
            .of(
                mutant.patches(),
                System.getProperty("subject"),
                Set.of(Fault.valueOf(System.getProperty("fault"))));
    System.err.println(report.violations());
    assertThat(report.violations()).isNotEmpty();
  }
}
