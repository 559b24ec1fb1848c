package dev.manyfactor.idempotency;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/// The part of the store that an answer lies in, found from its key alone, and the statements on
/// it.
///
/// Each part is addressed by its own name, because a prepared statement on the whole table would
/// lock all of them; so the texts are made once and kept.
///
/// @param table the table's name
/// @param number what its rows carry
/// @param look tells whether an answer is there and whether it is to the same request; gives truth
///   values only, which keeps it in the round trip of BEGIN (see Opening)
/// @param fetch gives the answer
/// @param add keeps an answer
record Slot(String table, int number, String look, String fetch, String add) {
  private static final int SLOTS = 16;
  private static final Duration DAY = Duration.ofDays(1);
  private static final Slot OTHER = named("manyfactor.idempotency_other", -1);
  private static final List<Slot> DAYS =
      IntStream.range(0, SLOTS)
          .mapToObj(number -> named("manyfactor.idempotency_%02d".formatted(number), number))
          .toList();

  private static Slot named(String table, int number) {
    String key = " where scope = ? and key = ?";
    return new Slot(
        table,
        number,
        "select fingerprint = ? as same from " + table + key,
        "select status, headers, body from " + table + key,
        "insert into "
            + table
            + " (slot, scope, key, tenant, fingerprint, status, headers, body)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?)");
  }

  /// The slot of the day on which a key was made; another for keys that do not say.
  static Slot of(IdempotencyKey key) {
    return key.madeAt().map(madeAt -> ofDay(dayOf(madeAt))).orElse(OTHER);
  }

  static Slot ofDay(long day) {
    return DAYS.get(Math.floorMod(day, SLOTS));
  }

  /// The days whose slots may be emptied, each slot once: not those of keys that are still taken,
  /// nor one day on either side, for clocks that differ.
  static long[] idleDays(Instant now, Duration retention) {
    long oldest = dayOf(now.minus(retention)) - 1;
    long newest = dayOf(now.plus(DAY));
    long[] idle = new long[Math.toIntExact(SLOTS - (newest - oldest + 1))];
    for (int i = 0; i < idle.length; i++) {
      idle[i] = newest + 1 + i;
    }
    return idle;
  }

  private static long dayOf(Instant instant) {
    return Math.floorDiv(instant.getEpochSecond(), DAY.toSeconds());
  }
}
