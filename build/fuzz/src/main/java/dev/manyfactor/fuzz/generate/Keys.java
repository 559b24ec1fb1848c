package dev.manyfactor.fuzz.generate;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Requests whose `Idempotency-Key` is missing, broken, repeated or taken.
final class Keys {
  private static final Expected INVALID = Expected.Refused.with(400, "idempotency-key-invalid");

  private final Maker maker;
  private final Chance chance;

  Keys(Maker maker) {
    this.maker = maker;
    this.chance = maker.chance();
  }

  List<Family.Way> ways(Parts parts) {
    if (!parts.operation().keyed()) {
      return List.of();
    }
    var ways = new ArrayList<Family.Way>();
    ways.add(
        new Family.Way(
            "key:missing",
            () ->
                maker
                    .written(parts)
                    .without(Maker.KEY)
                    .as("key:missing", Expected.Refused.with(400, "idempotency-key-missing"))));
    add(parts, ways, "empty", "", new Expected.Refused(Set.of(400), ""));
    add(parts, ways, "too-short", "k".repeat(chance.between(1, 15)), INVALID);
    add(parts, ways, "too-long", "k".repeat(chance.between(129, 300)), INVALID);
    add(
        parts,
        ways,
        "bad-character",
        maker.key() + chance.pickText("!", " x", "/", "\"", "%41", "\u00e4", ",a"),
        INVALID);
    add(parts, ways, "one-quote", '"' + maker.key(), INVALID);
    add(
        parts,
        ways,
        "long-ago",
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398f",
        Expected.Refused.with(400, "idempotency-key-expired"));
    ways.add(
        new Family.Way(
            "key:two",
            () -> maker.written(parts).plus(Maker.KEY, maker.key()).as("key:two", INVALID)));
    ways.add(new Family.Way("key:again", () -> again(parts)));
    ways.add(new Family.Way("key:taken", () -> taken(parts)));
    return ways;
  }

  private void add(Parts parts, List<Family.Way> ways, String name, String key, Expected expected) {
    ways.add(
        new Family.Way(
            "key:" + name,
            () -> maker.written(parts).with(Maker.KEY, key).as("key:" + name, expected)));
  }

  private Draft again(Parts parts) {
    Draft first = maker.written(parts);
    return first.as("key:again", new Expected.After(first, new Expected.Replayed()));
  }

  private Draft taken(Parts parts) {
    Draft first = maker.draft(parts, parts.plain());
    Optional<byte[]> other =
        parts.payload().isPresent()
            ? Optional.empty()
            : first
                .body()
                .map(bytes -> Maker.bytes(" " + new String(bytes, StandardCharsets.UTF_8)));
    Draft second = other.map(first::withBody).orElse(first);
    Expected then =
        other.isPresent()
            ? Expected.Refused.with(422, "idempotency-key-reused")
            : new Expected.Replayed();
    return second.as("key:taken", new Expected.After(first, then));
  }
}
