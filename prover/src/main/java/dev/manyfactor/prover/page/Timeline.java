package dev.manyfactor.prover.page;

import dev.manyfactor.prover.outcome.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A transcript, drawn: a lane for each who did or said something, time from left to right, a
/// numbered dot for each entry; the texts stand below under the same numbers.
///
/// Dots keep a distance from each other, so where much happens at once the time is stretched; the
/// times are written above.
final class Timeline {
  private static final int MOST = 60;

  private final List<Entry> entries;
  private final int omitted;
  private final int omittedAt;
  private final List<String> lanes;

  Timeline(List<Entry> transcript) {
    Excerpt excerpt = Excerpt.of(transcript, MOST);
    entries = new ArrayList<>(excerpt.head());
    entries.addAll(excerpt.tail());
    omitted = excerpt.omitted();
    omittedAt = excerpt.head().size();
    lanes = entries.stream().map(Entry::lane).distinct().toList();
  }

  /// The drawing and the texts; nothing for an empty transcript.
  void write(Html html) {
    if (entries.isEmpty()) {
      return;
    }
    html.open("div", "class", "scroll");
    new TimelineDrawing(entries, lanes).write(html);
    html.close().line();
    html.open("table", "class", "transcript");
    for (int number = 0; number < entries.size(); number++) {
      if (omitted > 0 && number == omittedAt) {
        html.open("tr").element("td", "").element("td", "").element("td", "");
        html.element("td", "… %d left out; --format json has them".formatted(omitted)).close();
      }
      row(number, html);
    }
    html.close().line();
  }

  private void row(int number, Html html) {
    Entry entry = entries.get(number);
    html.open("tr").element("td", String.valueOf(number + 1));
    html.element("td", String.format(Locale.ROOT, "%.3f s", entry.at().toMillis() / 1000.0));
    html.element("td", entry.lane(), "class", lane(lanes.indexOf(entry.lane())));
    html.element("td", entry.text()).close();
  }

  /// The class of a lane in the style sheet.
  static String lane(int index) {
    return "lane-" + index % 6;
  }
}
