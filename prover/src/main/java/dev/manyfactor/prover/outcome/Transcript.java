package dev.manyfactor.prover.outcome;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/// What happened in one trial, in the order in which it happened.
///
/// Bounded: what comes after [#MOST] entries is counted and left out. Safe on many threads.
public final class Transcript {
  /// The most entries that are kept.
  public static final int MOST = 500;

  /// The most characters of one entry.
  public static final int LONGEST = 600;

  private final LongSupplier nanos;
  private final UnaryOperator<String> mask;
  private final long start;
  private final List<Entry> entries = new ArrayList<>();
  private int omitted;

  /// Begins now.
  ///
  /// @param mask takes secrets out of a text
  public Transcript(LongSupplier nanos, UnaryOperator<String> mask) {
    this.nanos = nanos;
    this.mask = mask;
    this.start = nanos.getAsLong();
  }

  /// Adds what happens now.
  public void add(String lane, String text) {
    addAt(nanos.getAsLong(), lane, text);
  }

  /// Adds what happened at a moment of the same clock; it is put where it belongs.
  public synchronized void addAt(long moment, String lane, String text) {
    if (entries.size() >= MOST) {
      omitted++;
      return;
    }
    Duration at = Duration.ofNanos(Math.max(0, moment - start));
    entries.add(new Entry(at, lane, shortened(mask.apply(text))));
  }

  /// How long ago it began.
  public Duration elapsed() {
    return Duration.ofNanos(nanos.getAsLong() - start);
  }

  /// Everything so far, earliest first.
  public synchronized List<Entry> entries() {
    List<Entry> sorted = new ArrayList<>(entries);
    sorted.sort(Comparator.comparing(Entry::at));
    if (omitted > 0) {
      sorted.add(new Entry(elapsed(), "prover", "… and %d more".formatted(omitted)));
    }
    return List.copyOf(sorted);
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " …";
  }
}
