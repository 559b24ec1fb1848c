package dev.manyfactor.chaos.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KeysTests {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00.123Z");

  @Test
  void halfOfThemSayWhenTheyWereMadeAndNoneComesTwice() {
    Keys keys =
        new Keys(InstantSource.fixed(NOW), RandomGeneratorFactory.of("L64X128MixRandom").create(1));
    List<UUID> some = Stream.generate(keys::next).limit(1_000).map(UUID::fromString).toList();
    assertThat(some).doesNotHaveDuplicates().allMatch(key -> key.variant() == 2);
    List<UUID> dated = some.stream().filter(key -> key.version() == 7).toList();
    assertThat(dated)
        .hasSizeBetween(400, 600)
        .allMatch(key -> key.getMostSignificantBits() >>> 16 == NOW.toEpochMilli());
    assertThat(some).filteredOn(key -> key.version() == 4).hasSize(1_000 - dated.size());
  }
}
