package dev.manyfactor.prover.matrix;

import dev.manyfactor.prover.Prover;
import dev.manyfactor.prover.outcome.Verdict;
import dev.manyfactor.prover.trial.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Collectors;

/// The lines of `docs/reference/confusion-matrix.md` that no hand writes.
final class MatrixPage {
  static final String PATCHES = "<!-- from here on written by MatrixRun: the patches -->\n";
  static final String CELLS = "<!-- from here on written by MatrixRun: the cells -->\n";

  private MatrixPage() {}

  /// What is broken, and how.
  static String patches() {
    return Breakage.all().stream()
        .map(breakage ->
            "| [%s](../../fixtures/broken/%s.patch) | %s | %d | %s |\n"
                .formatted(
                    breakage.requirement(),
                    breakage.requirement(),
                    breakage.service(),
                    breakage.lines(),
                    breakage.why()))
        .collect(
            Collectors.joining(
                "",
                PATCHES
                    + "\n| breaks | in | lines | what it does, and how one gets there |\n"
                    + "| --- | --- | --- | --- |\n",
                "\n"));
  }

  /// Writes what is broken into the page, and leaves what was found.
  static void writePatches() throws IOException {
    String page = Files.readString(MatrixRun.PAGE);
    String hand = page.substring(0, page.indexOf(PATCHES));
    Files.writeString(MatrixRun.PAGE, hand + patches() + page.substring(page.indexOf(CELLS)));
  }

  /// What was found.
  ///
  /// @param how the run was made, in one sentence
  static String cells(List<Row> rows, String how) {
    List<String> ids = Prover.rules().stream().map(Rule::requirement).toList();
    StringBuilder table = new StringBuilder(CELLS);
    table.append('\n').append(how).append("\n\n| broken | in |");
    ids.forEach(id -> table.append(' ').append(id).append(" |"));
    table.append("\n|").append(" --- |".repeat(ids.size() + 2)).append('\n');
    for (Row row : rows) {
      table.append("| %s | %s |".formatted(row.broken(), row.service()));
      ids.forEach(id -> table.append(' ').append(sign(row, id)).append(" |"));
      table.append('\n');
    }
    return table.toString();
  }

  private static String sign(Row row, String id) {
    Verdict verdict = row.verdicts().get(id);
    if (verdict == null) {
      return "not run";
    }
    return switch (verdict) {
      case PASS -> "·";
      case FAIL -> "**FAIL**";
      case NOT_APPLICABLE -> "–";
      case NOT_PROVEN -> "?";
      case WAIVED -> "waived";
      case ERROR -> "ERROR";
    };
  }
}
