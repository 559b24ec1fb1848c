package dev.manyfactor.prover.page;

import dev.manyfactor.factors.Level;
import dev.manyfactor.factors.Requirement;
import dev.manyfactor.prover.outcome.Evidence;
import dev.manyfactor.prover.outcome.Outcome;
import dev.manyfactor.prover.outcome.Result;
import dev.manyfactor.prover.outcome.TrialRecord;
import dev.manyfactor.prover.outcome.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What did not simply pass, each with what it takes to go on: the counter-example and how to see
/// it again, what is missing, who answers for it.
///
/// @param sheet where it is written
record Findings(Account account, Sheet sheet) {
  private static final int OF_A_FAILURE = 30;
  private static final int OF_A_DOUBT = 12;

  void write() {
    account.with(Verdict.FAIL).forEach(this::failure);
    unproven().values().forEach(this::unproven);
    account.with(Verdict.WAIVED).forEach(this::waived);
    notApplicable(account.with(Verdict.NOT_APPLICABLE));
    account.with(Verdict.ERROR).forEach(this::error);
  }

  private void failure(Result result) {
    Outcome.Fail failure = (Outcome.Fail) result.outcome();
    heading(Verdict.FAIL, result.requirement().id(), result.requirement());
    sheet.labelled("happened", failure.counterExample());
    shownBy(failure.evidence(), failure.shownBy());
    transcript(failure.shownBy(), OF_A_FAILURE);
    advice(result);
  }

  /// One cause, for example that the service never becomes ready, leaves many requirements open; it
  /// is told once.
  private Map<String, List<Result>> unproven() {
    return account.with(Verdict.NOT_PROVEN).stream()
        .collect(
            Collectors.groupingBy(
                result -> Account.reason(result.outcome()),
                LinkedHashMap::new,
                Collectors.toList()));
  }

  private void unproven(List<Result> results) {
    Result first = results.getFirst();
    Outcome.NotProven outcome = (Outcome.NotProven) first.outcome();
    String ids =
        results.stream().map(one -> one.requirement().id()).collect(Collectors.joining(", "));
    if (results.size() == 1) {
      heading(Verdict.NOT_PROVEN, ids, first.requirement());
    } else {
      heading(Verdict.NOT_PROVEN, ids);
    }
    sheet.labelled("because", outcome.reason().words() + ": " + outcome.why());
    Account.decisive(outcome)
        .ifPresent(trial -> {
          shownBy(outcome.evidence(), trial);
          transcript(trial, OF_A_DOUBT);
        });
    sheet.labelled("read", first.requirement().page());
    sheet.command("reproduce", first.reproduce());
  }

  private void waived(Result result) {
    Outcome.Waived waived = (Outcome.Waived) result.outcome();
    heading(Verdict.WAIVED, result.requirement().id(), result.requirement());
    sheet.labelled("because", waived.waiver().reason());
    sheet.labelled("owner", waived.waiver().owner());
    sheet.labelled("until", waived.waiver().until().toString());
    sheet.labelled(
        "else", "%s: %s".formatted(waived.hidden().verdict(), Account.reason(waived.hidden())));
    advice(result);
  }

  /// Nothing is to be done about them, so a few lines do for all.
  private void notApplicable(List<Result> results) {
    if (!results.isEmpty()) {
      heading(Verdict.NOT_APPLICABLE, "by what was observed");
      results.forEach(
          result -> sheet.labelled(result.requirement().id(), Account.reason(result.outcome())));
    }
  }

  private void error(Result result) {
    heading(Verdict.ERROR, result.requirement().id(), result.requirement());
    sheet.labelled("failed", Account.reason(result.outcome()));
    sheet.labelled("mend", "this is a fault of mf and not of the service; please report it");
    sheet.command("reproduce", result.reproduce());
  }

  private void heading(Verdict verdict, String ids, Requirement requirement) {
    heading(verdict, ids + (requirement.level() == Level.MUST ? "" : " ◇"));
    sheet.paragraph(2, requirement.sentence());
  }

  private void heading(Verdict verdict, String ids) {
    sheet.gap();
    sheet.piece(Tone.of(verdict), verdict.name());
    sheet.piece(Tone.HEADING, " " + ids);
    sheet.end();
  }

  private void shownBy(Evidence evidence, TrialRecord trial) {
    sheet.labelled(
        "trial",
        "%s; %d of %s survived"
            .formatted(
                trial.name(),
                evidence.survived(),
                Account.count(evidence.trials().size(), "trial")));
  }

  private void advice(Result result) {
    sheet.labelled("mend", result.requirement().remedy());
    sheet.labelled("read", result.requirement().page());
    sheet.command("reproduce", result.reproduce());
  }

  private void transcript(TrialRecord trial, int most) {
    Excerpt excerpt = Excerpt.of(trial.transcript(), most);
    new TranscriptLines(sheet, trial.transcript()).write(excerpt);
  }
}
