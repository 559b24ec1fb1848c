package dev.manyfactor.prover.page;

import dev.manyfactor.prover.outcome.Entry;
import java.util.List;

/// A transcript that is short enough to be read: its beginning and its end.
///
/// @param omitted how many entries stood between the two
record Excerpt(List<Entry> head, int omitted, List<Entry> tail) {
  /// All of it, or as much as fits into `most` lines, the one that says what is left out included.
  /// What was found stands at the end, so the end gets twice as much.
  static Excerpt of(List<Entry> transcript, int most) {
    if (transcript.size() <= most) {
      return new Excerpt(transcript, 0, List.of());
    }
    int head = (most - 1) / 3;
    int tail = most - 1 - head;
    int from = transcript.size() - tail;
    return new Excerpt(
        transcript.subList(0, head), from - head, transcript.subList(from, transcript.size()));
  }
}
