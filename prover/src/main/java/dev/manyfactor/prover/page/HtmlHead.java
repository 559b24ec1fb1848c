package dev.manyfactor.prover.page;

import dev.manyfactor.prover.outcome.Report;
import dev.manyfactor.prover.outcome.Verdict;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.stream.Collectors;

/// The head of the page: what was proven, what came of it in one sentence, the counts as a bar, and
/// under which conditions.
///
/// @param html where it is written
record HtmlHead(Account account, Html html) {
  private static final int BAR = 1000;

  void write() {
    Report report = account.report();
    html.open("header").element("p", "mf prove", "class", "kicker");
    html.element("h1", report.subject().service());
    html.element("p", sentence(report), "class", "sentence").line();
    bar(report);
    html.open("dl", "class", "facts");
    fact("commit", account.commit());
    if (!report.subject().dirty().isEmpty()) {
      fact(
          "dirty",
          Account.count(report.subject().dirty().size(), "file")
              + ": "
              + String.join(", ", report.subject().dirty()));
    }
    fact("run", report.run().fast() ? "fast: fewer trials" : "whole");
    fact("seed", String.valueOf(report.run().seed()));
    fact("began", report.run().started().truncatedTo(ChronoUnit.SECONDS).toString());
    fact("took", Account.spoken(report.run().took()));
    html.close().close().line();
  }

  private void fact(String name, String value) {
    html.open("div").element("dt", name).element("dd", value).close();
  }

  private static String sentence(Report report) {
    Map<Verdict, Integer> counts = report.counts();
    int failed = counts.getOrDefault(Verdict.FAIL, 0);
    int open = counts.getOrDefault(Verdict.NOT_PROVEN, 0);
    int broken = counts.getOrDefault(Verdict.ERROR, 0);
    String of = " of " + Account.count(report.results().size(), "requirement");
    if (broken > 0) {
      return "mf itself failed in " + broken + of + ".";
    }
    if (failed > 0) {
      return failed + of + (failed == 1 ? " does not hold." : " do not hold.");
    }
    if (open > 0) {
      return open + of + (open == 1 ? " is not proven." : " are not proven.");
    }
    int waived = counts.getOrDefault(Verdict.WAIVED, 0);
    if (waived > 0) {
      return waived
          + of
          + (waived == 1 ? " is waived" : " are waived")
          + "; no counter-example was found against the others.";
    }
    return report.results().isEmpty()
        ? "Nothing was decided."
        : "No counter-example was found against any" + of + ".";
  }

  private void bar(Report report) {
    int total = report.results().size();
    if (total == 0) {
      return;
    }
    html.open(
        "svg",
        "class",
        "bar",
        "viewBox",
        "0 0 " + BAR + " 10",
        "preserveAspectRatio",
        "none",
        "role",
        "img",
        "aria-label",
        words(report));
    int done = 0;
    for (Map.Entry<Verdict, Integer> count : report.counts().entrySet()) {
      int from = BAR * done / total;
      done += count.getValue();
      int width = BAR * done / total - from;
      html.empty(
          "rect",
          "class",
          HtmlRequirement.style(count.getKey()),
          "x",
          String.valueOf(from),
          "width",
          String.valueOf(width),
          "height",
          "10");
    }
    html.close();
    html.open("ul", "class", "counts");
    report
        .counts()
        .forEach((verdict, number) -> {
          html.open("li", "class", HtmlRequirement.style(verdict) + (number == 0 ? " none" : ""));
          html.element("b", String.valueOf(number))
              .text(" " + HtmlRequirement.words(verdict))
              .close();
        });
    html.open("li").element("b", String.valueOf(total)).text(" in all").close().close().line();
  }

  private static String words(Report report) {
    return report.counts().entrySet().stream()
        .map(count -> count.getValue() + " " + HtmlRequirement.words(count.getKey()))
        .collect(Collectors.joining(", "));
  }

  /// The end of the page: what holds the processes, and how to read the words.
  static void foot(Account account, Html html) {
    html.open("footer");
    if (!account.report().run().conditions().isEmpty()) {
      html.element("h2", "Conditions").open("ul");
      account.report().run().conditions().forEach(one -> html.element("li", one));
      html.close();
    }
    html.element("h2", "Words").open("dl", "class", "words");
    for (Verdict verdict : Verdict.values()) {
      html.open("div").open("dt");
      HtmlRequirement.badge(verdict, html);
      html.close().element("dd", meaning(verdict)).close();
    }
    html.close();
    html.element(
        "p",
        "◇ marks what a service should do, and need not: it never decides the exit code. Trials are written as survived / made. A pass says that no counter-example was found in those trials, and no more.");
    html.close().line();
  }

  private static String meaning(Verdict verdict) {
    return switch (verdict) {
      case PASS -> "the counter-example was looked for, the controls held, and it did not appear";
      case FAIL -> "there is a counter-example, with its transcript and a line that shows it again";
      case NOT_PROVEN -> "it could not be told; what was missing is said";
      case NOT_APPLICABLE -> "it does not concern this service, by what was observed";
      case WAIVED -> "somebody answers for it until a day; the hidden outcome is shown";
      case ERROR -> "mf itself failed";
    };
  }
}
