package dev.manyfactor.prover.page;

import dev.manyfactor.prover.outcome.Entry;
import java.util.List;
import java.util.Locale;

/// A transcript in columns: when, who, what.
///
/// @param sheet where it is written
/// @param all the whole transcript, for the width of its columns
record TranscriptLines(Sheet sheet, List<Entry> all) {
  private static final int INDENT = 4;
  private static final int WIDEST_LANE = 16;
  private static final int FEW = 15;

  void write(Excerpt excerpt) {
    excerpt.head().forEach(this::line);
    if (excerpt.omitted() > 0) {
      sheet.piece(
          Tone.FAINT,
          " ".repeat(INDENT + 12)
              + "… %s left out; --format html has them"
                  .formatted(Account.count(excerpt.omitted(), "line")));
      sheet.end();
    }
    excerpt.tail().forEach(this::line);
  }

  private void line(Entry entry) {
    int lane = laneWidth();
    String time = String.format(Locale.ROOT, "%9.3f s  ", entry.at().toMillis() / 1000.0);
    String who = ("%-" + lane + "s  ").formatted(Plain.cut(Plain.text(entry.lane()), lane));
    int room = Math.max(20, sheet.width() - INDENT - time.length() - lane - 2);
    List<String> lines =
        Sheet.wrapped(Plain.cut(Plain.text(entry.text()), room * linesOfAnEntry()), room);
    for (int number = 0; number < lines.size(); number++) {
      sheet.piece(" ".repeat(INDENT));
      sheet.piece(Tone.FAINT, number == 0 ? time : " ".repeat(time.length()));
      sheet.piece(number == 0 ? who : " ".repeat(lane + 2));
      sheet.piece(lines.get(number));
      sheet.end();
    }
  }

  private int linesOfAnEntry() {
    return all.size() > FEW ? 1 : 2;
  }

  private int laneWidth() {
    return all.stream()
        .mapToInt(entry -> Math.min(WIDEST_LANE, Sheet.length(Plain.text(entry.lane()))))
        .max()
        .orElse(0);
  }
}
