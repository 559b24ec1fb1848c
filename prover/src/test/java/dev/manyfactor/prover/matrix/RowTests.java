package dev.manyfactor.prover.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.prover.outcome.Verdict;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowTests {
  @Test
  void whatNeedsThatWhichIsBrokenMayBeUnreachedAndNothingElseMay() {
    String needsIt = "unreached: greet ended with exit code 78; 12-1 asks for that";
    assertThat(row("12-1", needsIt).surprises()).isEmpty();
    assertThat(row("12-2", needsIt).surprises()).hasSize(2); // 12-2 itself was not asked
    assertThat(row("12-1", "unreached: the build failed").surprises()).hasSize(1);
    assertThat(row("12-1", "inconclusive: a busy machine; 12-1 asks for that").surprises())
        .hasSize(1);
  }

  @Test
  void whatIsBrokenIsToFail() {
    assertThat(new Row("node", "12-1", Map.of("12-1", Verdict.PASS), Map.of()).surprises())
        .singleElement()
        .asString()
        .contains("12-1 is PASS");
  }

  private static Row row(String broken, String said) {
    Verdict ofBroken = broken.equals("12-1") ? Verdict.FAIL : Verdict.PASS;
    return new Row(
        "node", broken, Map.of("12-1", ofBroken, "12-4", Verdict.NOT_PROVEN), Map.of("12-4", said));
  }
}
