package dev.manyfactor.prover.page;

import dev.manyfactor.factors.Level;
import dev.manyfactor.factors.Requirement;
import dev.manyfactor.prover.outcome.Control;
import dev.manyfactor.prover.outcome.Evidence;
import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.outcome.Outcome;
import dev.manyfactor.prover.outcome.Result;
import dev.manyfactor.prover.outcome.TrialRecord;
import dev.manyfactor.prover.outcome.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// A requirement with its outcome; what it rests on is folded below it.
///
/// @param html where it is written
record HtmlRequirement(Result result, Html html) {
  private static final int TIMELINES = 4;

  void write() {
    Requirement requirement = result.requirement();
    Verdict verdict = result.outcome().verdict();
    String[] attributes = {"class", "requirement " + style(verdict), "id", requirement.id()};
    html.open("article", attributes);
    if (verdict == Verdict.FAIL) {
      html.open("details", "open", "");
    } else {
      html.open("details");
    }
    summary(requirement, verdict);
    reason();
    advice(requirement, verdict);
    evidence(Account.evidence(result.outcome()));
    html.close().close().line();
  }

  private void summary(Requirement requirement, Verdict verdict) {
    html.open("summary");
    badge(verdict, html);
    html.element("b", requirement.id() + (requirement.level() == Level.MUST ? "" : " ◇"));
    html.element("span", requirement.sentence(), "class", "what");
    Evidence evidence = Account.evidence(result.outcome());
    if (!evidence.trials().isEmpty()) {
      html.element(
          "span",
          "%d / %d".formatted(evidence.survived(), evidence.trials().size()),
          "class",
          "trials",
          "title",
          "trials survived, of those that were made");
    }
    html.close();
  }

  private void reason() {
    html.open("p", "class", "reason");
    if (result.outcome() instanceof Outcome.NotProven unproven) {
      html.element("b", unproven.reason().words() + ": ");
    }
    html.text(Account.reason(result.outcome())).close();
    if (result.outcome() instanceof Outcome.Waived(var waiver, var hidden)) {
      html.open("p")
          .text(
              "%s answers for it until %s; without the waiver: "
                  .formatted(waiver.owner(), waiver.until()));
      badge(hidden.verdict(), html);
      html.text(" " + Account.reason(hidden)).close();
    }
  }

  private void advice(Requirement requirement, Verdict verdict) {
    html.open("dl", "class", "advice");
    switch (verdict) {
      case FAIL, NOT_PROVEN, WAIVED -> pair("mend", requirement.remedy());
      case ERROR -> pair("mend", "this is a fault of mf and not of the service; please report it");
      case PASS, NOT_APPLICABLE -> {}
    }
    pair("seen by", requirement.observation());
    pair("guard", requirement.guard());
    pair("read", requirement.page());
    html.open("div").element("dt", "reproduce").open("dd").element("code", result.reproduce());
    html.close().close();
    html.close().line();
  }

  private void pair(String name, String value) {
    html.open("div").element("dt", name).element("dd", value).close();
  }

  /// Each trial, those first that broke or could not tell; the first of all with their timelines.
  private void evidence(Evidence evidence) {
    List<TrialRecord> trials =
        evidence.trials().stream()
            .sorted((one, other) -> Boolean.compare(survived(one), survived(other)))
            .toList();
    for (int number = 0; number < trials.size(); number++) {
      trial(trials.get(number), number < TIMELINES);
    }
  }

  private void trial(TrialRecord trial, boolean isDrawn) {
    html.open("section", "class", "trial " + style(trial.finding()));
    html.open("h3").element("span", mark(trial.finding()), "class", "mark");
    html.text(" " + trial.name()).element("small", Account.spoken(trial.took())).close();
    String words = Account.words(trial.finding());
    if (!words.equals(Account.reason(result.outcome()))) { // which stands above
      html.element("p", words);
    }
    if (!trial.controls().isEmpty()) {
      html.element("p", controls(trial), "class", "controls");
    }
    if (isDrawn) {
      new Timeline(trial.transcript()).write(html);
    }
    html.close().line();
  }

  private static boolean survived(TrialRecord trial) {
    return trial.finding() instanceof Finding.Survived;
  }

  private static String controls(TrialRecord trial) {
    return trial.controls().entrySet().stream()
        .sorted(java.util.Map.Entry.<Control, String>comparingByKey())
        .map(control -> control.getKey().id() + ": " + control.getValue())
        .collect(Collectors.joining(" · "));
  }

  private static String mark(Finding finding) {
    return switch (finding) {
      case Finding.Survived _ -> "✓";
      case Finding.Broken _ -> "✗";
      case Finding.Undecided _ -> "?";
    };
  }

  private static String style(Finding finding) {
    return switch (finding) {
      case Finding.Survived _ -> style(Verdict.PASS);
      case Finding.Broken _ -> style(Verdict.FAIL);
      case Finding.Undecided _ -> style(Verdict.NOT_PROVEN);
    };
  }

  static void badge(Verdict verdict, Html html) {
    html.element("span", words(verdict), "class", "badge " + style(verdict));
  }

  /// An outcome as people write it.
  static String words(Verdict verdict) {
    return verdict.name().replace('_', ' ');
  }

  /// The class of an outcome in the style sheet.
  static String style(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
