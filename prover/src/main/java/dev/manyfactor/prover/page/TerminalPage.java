package dev.manyfactor.prover.page;

import dev.manyfactor.prover.outcome.Report;
import dev.manyfactor.prover.outcome.Verdict;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A report for somebody who sits in front of a terminal, or reads the output of a build.
///
/// A head, a row for each factor, the counts, then what is to be mended, in the order in which to
/// mend it. Whatever a service has said is written so that it cannot steer the terminal.
///
/// @param width of the terminal in characters; [#NARROWEST] to [#WIDEST]
/// @param paint the colours of the terminal, or [Paint#NONE]
public record TerminalPage(int width, Paint paint) {
  /// As wide as is written where nobody says how wide the terminal is.
  public static final int USUAL = 100;

  static final int NARROWEST = 40;
  static final int WIDEST = 160;
  private static final int MOST_FILES = 5;

  /// Keeps the width within what can be read.
  public TerminalPage {
    width = Math.clamp(width, NARROWEST, WIDEST);
  }

  /// All of it, each line with its end.
  public String of(Report report) {
    Sheet sheet = new Sheet(width, paint);
    Account account = new Account(report);
    head(account, sheet);
    sheet.gap();
    new FactorTable(account, sheet).write();
    sheet.gap();
    counts(account, sheet);
    new Findings(account, sheet).write();
    end(report, sheet);
    return sheet.toString();
  }

  private static void end(Report report, Sheet sheet) {
    sheet.gap();
    String meaning =
        switch (report.exitCode()) {
          case 1 -> "a MUST failed";
          case 3 -> "a MUST is not proven";
          case 4 -> "mf itself failed";
          default -> "every MUST that was asked survived, does not apply or is waived";
        };
    sheet.piece(Tone.HEADING, "exit code %d".formatted(report.exitCode()));
    sheet.piece(": " + meaning);
    sheet.end();
  }

  private static void head(Account account, Sheet sheet) {
    Report.Subject subject = account.report().subject();
    Report.Run run = account.report().run();
    sheet.piece(Tone.HEADING, subject.service());
    if (account.isCommit()) {
      sheet.piece(" at " + account.commit());
    }
    sheet.end();
    if (!account.isCommit()) {
      sheet.labelled("commit", account.commit());
    }
    dirty(subject.dirty(), sheet);
    sheet.labelled(
        "run",
        "%s, seed %d, %s decided in %s%s"
            .formatted(
                run.fast() ? "fast" : "whole",
                run.seed(),
                Account.count(account.report().results().size(), "requirement"),
                Account.spoken(run.took()),
                run.version().isBlank() ? "" : ", mf " + run.version()));
    for (int number = 0; number < run.conditions().size(); number++) {
      sheet.labelled(number == 0 ? "conditions" : "", run.conditions().get(number));
    }
  }

  private static void dirty(List<String> files, Sheet sheet) {
    if (!files.isEmpty()) {
      sheet.labelled(
          "dirty",
          "%s: %s%s"
              .formatted(
                  Account.count(files.size(), "file"),
                  files.stream().limit(MOST_FILES).collect(Collectors.joining(", ")),
                  files.size() > MOST_FILES ? ", …" : ""));
    }
  }

  /// Every outcome, none of them too, and their sum.
  private static void counts(Account account, Sheet sheet) {
    String sum = "";
    for (Map.Entry<Verdict, Integer> count : account.report().counts().entrySet()) {
      sheet.piece(sum);
      sheet.piece(
          count.getValue() == 0 ? Tone.FAINT : Tone.of(count.getKey()),
          "%d %s".formatted(count.getValue(), count.getKey()));
      sum = " + ";
    }
    int decided = account.report().results().size();
    sheet.piece(Tone.HEADING, " = " + Account.count(decided, "requirement"));
    sheet.end();
    outside(account, sheet);
  }

  private static void outside(Account account, Sheet sheet) {
    int unchecked = account.report().unchecked().size();
    if (unchecked > 0) {
      sheet.paragraph(
          0,
          "outside of these counts: %s not in this version"
              .formatted(Account.count(unchecked, "requirement")));
    }
    int notAsked = account.notAsked().size();
    if (notAsked > 0) {
      sheet.paragraph(
          0, "not asked in this run: %s".formatted(Account.count(notAsked, "requirement")));
    }
  }
}
