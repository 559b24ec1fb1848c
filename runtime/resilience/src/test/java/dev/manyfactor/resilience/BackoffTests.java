package dev.manyfactor.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTests {

  @ParameterizedTest
  @CsvSource({"1, 100", "2, 200", "3, 400", "5, 1600", "6, 2000", "1000, 2000"})
  void waitsAreSpreadEvenlyFromZeroToACeilingThatGrows(int failed, long ceilingMillis) {
    var random = new Random(7);
    var waits = new TreeSet<Duration>();
    for (int draw = 0; draw < 1000; draw++) {
      waits.add(Backoff.after(failed, random));
    }
    Duration ceiling = Duration.ofMillis(ceilingMillis);
    assertThat(waits.first()).isBetween(Duration.ZERO, ceiling.dividedBy(20));
    assertThat(waits.last()).isBetween(ceiling.multipliedBy(19).dividedBy(20), ceiling);
  }
}
