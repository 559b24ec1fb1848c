package dev.manyfactor.prover.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.factors.Factor;
import dev.manyfactor.prover.outcome.Entry;
import dev.manyfactor.prover.outcome.Report;
import dev.manyfactor.prover.outcome.Result;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TerminalPageTests {
  private static final String ESCAPE = "\u001b";

  private final String page = page(MadeUp.report());

  @Test
  void theHeadSaysWhatWasProvenAndHow() {
    assertThat(page)
        .startsWith("payments at 4d7ab30c9f11\n")
        .contains("  dirty      2 files: src/main/java/Payments.java, manyfactor.yaml\n")
        .contains(
            "  run        whole, seed 4711, 21 requirements decided in 3 min 12 s, mf 0.1.0\n")
        .contains("  conditions processes run as uid 64123")
        .contains("             PostgreSQL 18.6, one database for each trial");
  }

  @Test
  void eachFactorHasARowWithItsRequirementsAndTrials() {
    List<String> rows =
        page.lines()
            .dropWhile(line -> !line.startsWith(" 1 "))
            .takeWhile(line -> !line.isBlank())
            .toList();
    assertThat(rows).hasSize(23);
    for (Factor factor : Factor.values()) {
      assertThat(rows.get(factor.number() - 1))
          .startsWith("%2d %s".formatted(factor.number(), factor.title()));
    }
    assertThat(rows.get(1)).endsWith("not in this version");
    assertThat(rows.get(8)).endsWith(" 09-1 PASS 5/5        09-2 FAIL 2/3        09-3 PASS 5/5");
    assertThat(rows.get(14)).endsWith(" 15-1 NOT_APPLICABLE");
  }

  @Test
  void theCountsSumToTheNumberOfRequirements() {
    assertThat(page)
        .contains(
            "\n15 PASS + 2 FAIL + 1 NOT_PROVEN + 1 NOT_APPLICABLE + 1 WAIVED + 1 ERROR = 21 requirements\n")
        .containsPattern("outside of these counts: \\d\\d requirements not in this version\n")
        .doesNotContain("not asked");
  }

  @Test
  void aFailureHasCounterExampleTranscriptRemedyPageAndTheLineThatShowsItAgain() {
    String failure = page.substring(page.indexOf("FAIL 09-2\n"), page.indexOf("FAIL 11-2\n"));
    assertThat(failure)
        .contains(
            "  happened   POST /v1/payments was held open by a latency of 1 s on its query; 41 ms after")
        .contains("  trial      2 of 3; 2 of 3 trials survived\n")
        .contains("        1.182 s  prover    SIGTERM to 48213\n")
        .contains("  mend       On SIGTERM ")
        .contains("  read       docs/factors/09-disposability.md#09-2\n")
        .contains("  reproduce  mf prove examples/payments --only 09-2 --seed 4711\n");
  }

  @Test
  void allOthersSayWhatItTakesToGoOn() {
    assertThat(page)
        .containsSubsequence(
            "NOT_PROVEN 04-4\n",
            "  because    no probe operation: no sample in manyfactor.yaml reads",
            "  reproduce  mf prove examples/payments --only 04-4",
            "WAIVED 07-3\n",
            "  owner      team platform\n",
            "  until      2027-01-31\n",
            "  else       FAIL: it listened on 8081",
            "NOT_APPLICABLE by what was observed\n",
            "  15-1       every operation of the contract",
            "ERROR 17-1\n",
            "  failed     the proxy could not be opened",
            "exit code 4: mf itself failed\n");
  }

  @Test
  void failuresStandInTheOrderOfMending() {
    List<Result> results =
        Stream.of("13-1", "17-1", "20-1", "14-1", "18-1", "11-1", "23-1", "19-1", "02-1")
            .map(id -> MadeUp.result(id, MadeUp.failure("it broke", List.of())))
            .toList();
    assertThat(page(MadeUp.report(results)))
        .containsSubsequence(
            "FAIL 02-1\n",
            "FAIL 11-1\n",
            "FAIL 14-1\n",
            "FAIL 17-1\n",
            "FAIL 19-1\n",
            "FAIL 23-1\n",
            "FAIL 18-1\n",
            "FAIL 20-1\n",
            "FAIL 13-1\n");
  }

  @Test
  void aLongTranscriptLosesItsMiddleAndSaysSo() {
    List<Entry> entries =
        IntStream.rangeClosed(1, 400)
            .mapToObj(number ->
                MadeUp.entry(number, "web A", "event %03d ".formatted(number) + "x".repeat(500)))
            .toList();
    String cut =
        page(MadeUp.report(List.of(MadeUp.result("09-2", MadeUp.failure("it broke", entries)))));
    assertThat(cut)
        .contains(
            "event 001",
            "event 009",
            "… 371 lines left out; --format html has them",
            "event 381",
            "event 400")
        .doesNotContain("event 010", "event 380");
    assertThat(cut.lines().filter(line -> line.contains(" s  web A  "))).hasSize(29);
    assertThat(cut.lines().filter(line -> line.contains("xxx")))
        .hasSize(29)
        .allMatch(line -> line.length() == 100);
  }

  @Test
  void oneCauseOfManyOpenRequirementsIsToldOnce() {
    List<Result> results =
        Stream.of("03-1", "06-1", "09-2")
            .map(id -> MadeUp.result(id, MadeUp.neverReady()))
            .toList();
    String page = page(MadeUp.report(results));
    assertThat(page)
        .contains("NOT_PROVEN 03-1, 06-1, 09-2\n")
        .containsOnlyOnce("it ended with code 1");
    assertThat(page).endsWith("exit code 3: a MUST is not proven\n");
  }

  @Test
  void whatWasLeftOutOfARunIsNotCalledMissing() {
    Report one = MadeUp.report(List.of(MadeUp.result("09-1")));
    assertThat(page(one))
        .contains("= 1 requirement\n", "not asked in this run: 20 requirements\n")
        .containsPattern("11 logs +not asked in this run\n")
        .containsPattern("12 admin processes +not in this version\n")
        .endsWith("exit code 0: every MUST that was asked survived, does not apply or is waived\n");
  }

  @Test
  void noTextOfAServiceSteersTheTerminal() {
    String hostile = "a" + ESCAPE + "[2J\u009b31m\u202eb\r\nc\u2028d\u0007e\ud800f";
    List<Entry> transcript = List.of(MadeUp.entry(1, "web" + ESCAPE + "c", hostile));
    Report report =
        MadeUp.report(List.of(MadeUp.result("09-2", MadeUp.failure(hostile, transcript))));
    String shown = page(report);
    assertThat(shown).contains("a\\u001b[2J\\u009b31m\\u202eb\\r\\nc\\u2028d\\u0007e\\ud800f");
    assertThat(shown.codePoints().filter(point -> point != '\n'))
        .noneMatch(Character::isISOControl)
        .noneMatch(point -> Character.getType(point) == Character.FORMAT);
  }

  @Test
  void coloursAreThoseOfThePaintAndNothingElse() {
    String coloured =
        new TerminalPage(100, (tone, text) -> "<" + tone + ">" + text + "</>").of(MadeUp.report());
    assertThat(coloured)
        .contains("<GOOD>PASS</> 5/5", "<BAD>FAIL</> 2/3", "<DOUBTFUL>NOT_PROVEN</> 0/1")
        .contains("<FAINT>not in this version</>", "<BAD>FAIL</><HEADING> 09-2</>");
    assertThat(coloured.replaceAll("</?[A-Z]*>", "")).isEqualTo(page);
  }

  @Test
  void aNarrowTerminalGetsNarrowLinesAndWholeCommands() {
    String narrow = new TerminalPage(60, Paint.NONE).of(MadeUp.report());
    assertThat(narrow.lines().filter(line -> line.length() > 60))
        .allMatch(line -> line.startsWith("  reproduce  mf prove ") || line.contains(" = 21 "));
    assertThat(new TerminalPage(3, Paint.NONE).of(MadeUp.report())).contains("09-2 FAIL 2/3");
  }

  private static String page(Report report) {
    return new TerminalPage(100, Paint.NONE).of(report);
  }
}
