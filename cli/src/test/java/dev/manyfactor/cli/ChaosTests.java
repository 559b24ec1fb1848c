package dev.manyfactor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.chaos.loop.Fault;
import dev.manyfactor.chaos.loop.FaultKind;
import dev.manyfactor.chaos.loop.Figures;
import dev.manyfactor.chaos.loop.LoopProgress;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What `mf chaos` says, and the guide to it, typed.
class ChaosTests {
  private static final Path GUIDE = Path.of("../docs/guides/chaos.md");
  private static final Pattern COMMAND = Pattern.compile("(?m)^\\./mf (chaos .*)$");

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--minutes=0|--minutes must be a number above 0 and up to 1440, for example 5 or 0.5, but is \"0\"",
        "--minutes=1441|--minutes must be a number above 0 and up to 1440",
        "--minutes=5m|--minutes must be a number above 0",
        "--seed=-1|--seed must be a whole number from 0 to 9007199254740991, but is \"-1\"",
        "--clients=0|--clients must be 1 to 200, but is \"0\"",
        "--minute=1|there is no option --minute=1; did you mean \"--minutes\"?"
      })
  void aMistakeNamesTheFlagTheRuleTheValueAndTheRemedy(String option, String words) {
    assertThat(mf("chaos", option, folder.toString())).isEqualTo(2);
    assertThat(text(err)).startsWith("mf: ").contains(words).endsWith("see `mf chaos --help`\n");
    assertThat(text(out)).isEmpty();
  }

  @Test
  void aServiceThatDoesNotSayWhatToSendIsToldWhatToWrite() throws Exception {
    Files.writeString(
        folder.resolve("manyfactor.yaml"),
        "name: a\nruntime: node 22\nprocesses: {web: node server.js}\n");
    assertThat(mf("chaos", folder.toString())).isEqualTo(2);
    assertThat(text(err)).contains("add `chaos:` with at least one operation");
  }

  @Test
  void theCommandOfTheGuideGivesAReportLikeThatOfTheGuide() throws Exception {
    String guide = Files.readString(GUIDE);
    Matcher command = COMMAND.matcher(guide);
    assertThat(command.find()).isTrue();
    String[] words = command.group(1).replace("fixtures/", "../fixtures/").split(" ", -1);
    assertThat(mf(words)).as(text(out) + text(err)).isZero();
    String shown =
        guide.substring(
            guide.indexOf("notes at "), guide.indexOf("\n```", guide.indexOf("notes at ")));
    assertThat(shape(text(out))).isEqualTo(shape(shown));
    assertThat(text(out)).contains("seed 4711", "no violation");
    assertThat(text(err)).doesNotContain("\u001b"); // nobody watches
  }

  @Test
  void inATerminalTwoLinesChangeInPlace() {
    Terminal terminal = new Terminal(stream(out), stream(err), false, false);
    ChaosProgress progress =
        new ChaosProgress(
            terminal, new Seat(InputStream.nullInputStream(), false, true, 100), () -> 0);
    progress.accept(new LoopProgress.Preparing("starting what is to be broken"));
    progress.accept(
        new LoopProgress.Standing(
            Duration.ofSeconds(83), new Figures(12, 20, 9, 1, 2, 3, 0, 4), 5));
    progress.accept(
        new LoopProgress.Breaking(
            List.of(
                new Fault(
                    Duration.ZERO, FaultKind.FREEZE, "notes.web", Duration.ofMillis(1_500)))));
    progress.close();
    String last = text(err).split("\u001b\\[1A\r\u001b\\[J", -1)[2];
    assertThat(last)
        .isEqualTo(
            "1:23 left, 5 faults, 12 requests: 9 acknowledged, 1 refused, 3 sendings without an answer\n"
                + "  notes.web: process frozen for 1.5 s");
    assertThat(text(err)).endsWith("\u001b[1A\r\u001b[J"); // nothing of it stays
    assertThat(text(out)).isEmpty();
  }

  @Test
  void whereNobodyWatchesALineAMinuteSaysHowFarItIs() {
    var now = new AtomicLong();
    Terminal terminal = new Terminal(stream(out), stream(err), false, false);
    var lines =
        new TwoLines(
            terminal, new Seat(InputStream.nullInputStream(), false, false, 100), now::get);
    for (int second = 0; second <= 130; second += 10) {
      now.set(Duration.ofSeconds(second).toNanos());
      lines.show(second + " s", "not told");
    }
    lines.close();
    assertThat(text(err)).isEqualTo("mf: 60 s\nmf: 120 s\n");
    assertThat(text(out)).isEmpty();
  }

  /// The words of a report without its figures.
  private static List<String> shape(String report) {
    return report
        .strip()
        .lines()
        .map(line ->
            line.replaceAll("at [0-9a-f]{12}", "at …")
                .replaceAll("median .*|  -$", "…")
                .replaceAll("[0-9]+", "N")
                .replaceAll(" +", " ")
                .strip())
        .toList();
  }

  private int mf(String... arguments) {
    return Mf.commandLine(new Terminal(stream(out), stream(err), false, false)).execute(arguments);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
