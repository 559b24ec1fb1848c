package dev.manyfactor.formation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RestartsTests {
  private static final RandomGenerator LOWEST = () -> 0L;
  private static final RandomGenerator HIGHEST = () -> -1L;

  @Test
  void theWaitDoublesUpToTheLongest() {
    assertThat(waits(HIGHEST))
        .containsExactly(100L, 200L, 400L, 800L, 1600L, 3200L, 6400L, 10_000L, 10_000L, 10_000L);
  }

  @Test
  void halfOfTheWaitAtMostIsLeftOutByChance() {
    assertThat(waits(LOWEST))
        .containsExactly(50L, 100L, 200L, 400L, 800L, 1600L, 3200L, 5000L, 5000L, 5000L);
    assertThat(Restarts.DEFAULT.before(1_000_000, LOWEST)).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void longWaitsDoubleToo() {
    Restarts patient =
        new Restarts(Duration.ofHours(3), Duration.ofHours(5), Duration.ZERO, 100, 0);
    assertThat(patient.before(100, LOWEST)).isEqualTo(Duration.ofMinutes(150));
  }

  @Test
  void whatIsNoWaitAndNoNumberOfRestartsIsRefused() {
    Duration one = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new Restarts(one, Duration.ZERO, one, 1, 1))
        .hasMessageContaining("but are PT1S, PT0S and PT1S");
    assertThatThrownBy(() -> new Restarts(one, one, one, -1, 1)).hasMessageContaining("-1 and 1");
  }

  @Test
  void aWrongEnvironmentIsTriedLessOften() {
    assertThat(Restarts.DEFAULT.allow(10, 1)).isTrue();
    assertThat(Restarts.DEFAULT.allow(11, 1)).isFalse();
    assertThat(Restarts.DEFAULT.allow(3, 78)).isTrue();
    assertThat(Restarts.DEFAULT.allow(4, 78)).isFalse();
  }

  private static List<Long> waits(RandomGenerator random) {
    return IntStream.rangeClosed(1, 10)
        .mapToObj(attempt -> Restarts.DEFAULT.before(attempt, random))
        .map(wait -> Math.round(wait.toNanos() / 1e6))
        .toList();
  }
}
