package dev.manyfactor.prover.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.prover.outcome.Outcome;
import org.junit.jupiter.api.Test;

class LogsTheTraceOfACallerTests {
  private static final String TRACE = "trace_id=parent[1]";
  private static final TinyService GOOD = TinyService.good();

  @Test
  void serviceThatLogsTheIdOfItsCallerSurvives() throws InterruptedException {
    assertThat(Found.observation(GOOD.outcome("11-3")))
        .contains("each of 20 trace ids is in a line of the output");
  }

  @Test
  void idOfItsOwnIsACounterExample() throws InterruptedException {
    TinyService service = GOOD.changed(TRACE, "trace_id=os.urandom(16).hex()");
    assertThat(Found.counterExample(service.outcome("11-3")))
        .contains("20 of 20 trace ids are in no line", "POST /v1/notes", "\"trace_id\"");
  }

  @Test
  void idThatGetsLostWithTheSamplingIsACounterExample() throws InterruptedException {
    TinyService service = GOOD.changed(TRACE, "trace_id=parent[1] if parent[3] == '01' else ''");
    assertThat(Found.counterExample(service.outcome("11-3")))
        .contains("10 of 20 trace ids are in no line");
  }

  @Test
  void idInLinesThatAreHeldBackToTheEndCounts() throws InterruptedException {
    assertThat(GOOD.changed(", flush=True", "").outcome("11-3")).isInstanceOf(Outcome.Pass.class);
  }
}
