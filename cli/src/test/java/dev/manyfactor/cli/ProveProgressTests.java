package dev.manyfactor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.factors.Requirement;
import dev.manyfactor.prover.Progress;
import dev.manyfactor.prover.outcome.Outcome;
import dev.manyfactor.prover.outcome.Result;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProveProgressTests {
  private static final String UP = "\u001b[1A\r\u001b[J";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void inAPipeThereIsALineForEachRequirementAndNothingOnStandardOutput() {
    run(progress(false, 100));
    assertThat(text(err))
        .isEqualTo(
            """
            mf: building: mvn package
            mf: starting what the service needs
            mf: 09-2 NOT_APPLICABLE after 1.5 s; 1 of 2 decided
            """);
    assertThat(text(out)).isEmpty();
  }

  @Test
  void inATerminalTwoLinesChangeInPlace() {
    run(progress(true, 100));
    List<String> screens = List.of(text(err).split("\u001b\\[1A\r\u001b\\[J", -1));
    assertThat(screens.getFirst()).endsWith("preparing, 0.0 s\n  building: mvn package");
    assertThat(screens)
        .contains(
            "0 of 2 decided, 2 left, 2.0 s\n  09-2 disposability: trial 3 of 10, while a request is held")
        .contains("1 of 2 decided, 1 left, 2.0 s: 1 NOT_APPLICABLE\n  09-2: NOT_APPLICABLE");
    assertThat(screens).last().asString().isEmpty(); // nothing of it stays
    assertThat(text(out)).isEmpty();
  }

  @Test
  void noLineIsLongerThanTheTerminalAndNoneSteersIt() {
    ProveProgress progress = progress(true, 40);
    progress.accept(new Progress.BuildOutput(Duration.ZERO, "\u001b[2J" + "x".repeat(300)));
    String[] lines = text(err).replace("\u001b[1A", "").replace("\r\u001b[J", "").split("\n", -1);
    assertThat(lines).allMatch(line -> line.length() < 40).hasSize(2);
    assertThat(lines[1]).startsWith("  building: \\u001b[2Jxxx");
  }

  @Test
  void nothingIsShownOnceItIsClosed() {
    ProveProgress progress = progress(true, 100);
    run(progress);
    int before = err.size();
    progress.tick();
    assertThat(err.size()).isEqualTo(before);
    assertThat(text(err)).endsWith(UP);
  }

  private void run(ProveProgress progress) {
    Requirement requirement = Requirement.of("09-2").orElseThrow();
    progress.accept(new Progress.Preparing("building: mvn package"));
    progress.accept(new Progress.BuildOutput(Duration.ofSeconds(1), "[INFO] compiling"));
    progress.accept(new Progress.Preparing("starting what the service needs"));
    progress.accept(new Progress.Prepared(2));
    nanos.set(Duration.ofSeconds(2).toNanos());
    progress.accept(new Progress.Trying(requirement, "while a request is held", 3, 10, 2));
    progress.accept(
        new Progress.Decided(
            new Result(
                requirement,
                new Outcome.NotApplicable("nothing listens"),
                Duration.ofMillis(1_500),
                "mf prove"),
            1));
    progress.close();
  }

  private ProveProgress progress(boolean watches, int columns) {
    Terminal terminal = new Terminal(stream(out), stream(err), false, false);
    return new ProveProgress(
        terminal, new Seat(InputStream.nullInputStream(), false, watches, columns), nanos::get);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
