package dev.manyfactor.benchmarks.drain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.benchmarks.Options;
import dev.manyfactor.formation.Surroundings;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every process of payments is ended and started again once while its callers go on.
class DrainProofTests {
  @TempDir private Path folder = Path.of("");

  @Test
  void noRequestFailsWhileEveryProcessIsStartedAgain() throws Exception {
    var proof =
        new DrainProof(
            new Options(1, 1, 1), Surroundings.ofProcess(), Path.of(".."), Site::restart);
    DrainProof.Result result = proof.run(folder.toRealPath());
    assertThat(result.failures()).isEmpty();
    assertThat(result.restarts()).isEqualTo(4);
    assertThat(result.callers())
        .hasSize(2)
        .allSatisfy(caller -> {
          assertThat(caller.answered() + caller.overloaded()).isEqualTo(caller.sent());
          assertThat(caller.answered()).isPositive();
        });
    assertThat(result.callers().getLast().closed()).isPositive();
  }
}
