package dev.manyfactor.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every planted bug can be built into the code as it is.
class MutatedPaymentsTests {
  @ParameterizedTest
  @EnumSource
  void bugIsInTheCopy(Mutant mutant, @TempDir Path folder) throws Exception {
    Path service = MutatedPayments.make(folder, mutant.patches());
    assertThat(service.resolve("target/payments/payments.jar")).isRegularFile();
    assertThat(Files.readString(service.resolve("manyfactor.yaml")))
        .contains("command: \"true\"")
        .doesNotContain("path: ../cards");
  }
}
