package dev.manyfactor.prover.page;

import dev.manyfactor.factors.Factor;
import dev.manyfactor.factors.Level;
import dev.manyfactor.prover.outcome.Evidence;
import dev.manyfactor.prover.outcome.Result;
import java.util.List;

/// A row for each of the 23 factors: its requirements, what became of each, and how many of the
/// trials the service survived.
///
/// @param sheet where it is written
record FactorTable(Account account, Sheet sheet) {
  private static final int NAME = 36;
  private static final int CELL = 21; // 09-2 NOT_PROVEN 0/10

  void write() {
    for (Factor factor : Factor.values()) {
      sheet.piece(Tone.FAINT, "%2d ".formatted(factor.number()));
      List<Result> results = account.of(factor);
      if (results.isEmpty()) {
        sheet.piece(Tone.FAINT, name(factor));
        sheet.piece(
            Tone.FAINT, isChecked(factor) ? "not asked in this run" : "not in this version");
        sheet.end();
      } else {
        sheet.piece(name(factor));
        cells(results);
      }
    }
  }

  private void cells(List<Result> results) {
    int perLine = Math.max(1, (sheet.width() - NAME) / CELL);
    for (int number = 0; number < results.size(); number++) {
      if (number > 0 && number % perLine == 0) {
        sheet.end();
        sheet.piece(" ".repeat(NAME));
      }
      cell(results.get(number));
    }
    sheet.end();
  }

  private void cell(Result result) {
    String id = result.requirement().id() + (isMust(result) ? " " : "◇ ");
    String verdict = result.outcome().verdict().name();
    String trials = trials(Account.evidence(result.outcome()));
    sheet.piece(id);
    sheet.piece(Tone.of(result.outcome().verdict()), verdict);
    sheet.piece(trials);
    int used = Sheet.length(id) + verdict.length() + trials.length();
    sheet.piece(" ".repeat(Math.max(1, CELL - used)));
  }

  private static String trials(Evidence evidence) {
    return evidence.trials().isEmpty()
        ? ""
        : " %d/%d".formatted(evidence.survived(), evidence.trials().size());
  }

  private boolean isChecked(Factor factor) {
    return !account.report().unchecked().containsAll(factor.requirements());
  }

  private static boolean isMust(Result result) {
    return result.requirement().level() == Level.MUST;
  }

  private static String name(Factor factor) {
    return ("%-" + (NAME - 3) + "s").formatted(factor.title());
  }
}
