package dev.manyfactor.benchmarks.drain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.benchmarks.Options;
import dev.manyfactor.formation.Surroundings;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The proof tells processes that end in order from those that do not.
class KilledProcessesTests {
  @TempDir private Path folder = Path.of("");

  @Test
  void requestsFailWhereProcessesAreKilledInstead() throws Exception {
    var proof =
        new DrainProof(new Options(1, 1, 1), Surroundings.ofProcess(), Path.of(".."), Site::kill);
    DrainProof.Result result = proof.run(folder.toRealPath());
    assertThat(result.callers()).allSatisfy(caller -> assertThat(caller.failures()).isNotEmpty());
  }
}
