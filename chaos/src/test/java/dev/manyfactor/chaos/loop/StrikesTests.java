package dev.manyfactor.chaos.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StrikesTests {
  private static final Fault KILL =
      new Fault(Duration.ZERO, FaultKind.KILL, "payments.web", Duration.ZERO);
  private static final Fault CRASH =
      new Fault(Duration.ZERO, FaultKind.CRASH, "PostgreSQL 18", Duration.ofSeconds(1));

  private final AtomicLong nanos = new AtomicLong();
  private final Strikes strikes = new Strikes(nanos::get);

  @Test
  void recoveryEndsWithTheFirstSuccessOfARequestThatWasSentAfterTheFault() {
    at(1_000);
    strikes.begin();
    at(5_000);
    int number = strikes.began(KILL);
    strikes.struck(number, new Strikes.Outcome(true, "process 7"));
    at(5_100);
    strikes.succeeded(millis(4_900)); // it was on its way already
    assertThat(strikes.all().getFirst().recovery()).isEmpty();
    at(5_400);
    strikes.succeeded(millis(5_050));
    at(9_000);
    strikes.succeeded(millis(8_000));
    assertThat(strikes.all())
        .singleElement()
        .satisfies(strike -> {
          assertThat(strike.at()).isEqualTo(Duration.ofSeconds(4));
          assertThat(strike.recovery()).contains(Duration.ofMillis(400));
          assertThat(strike.hit()).isTrue();
          assertThat(strike.seen()).isEqualTo("process 7");
        });
  }

  @Test
  void whatIsBrokenIsToldUntilItIsRepaired() {
    int kill = strikes.began(KILL);
    int crash = strikes.began(CRASH);
    strikes.repaired(kill);
    assertThat(strikes.broken()).containsExactly(CRASH);
    strikes.repaired(crash);
    assertThat(strikes.broken()).isEmpty();
    assertThat(strikes.count()).isEqualTo(2);
  }

  private void at(long millis) {
    nanos.set(millis(millis));
  }

  private static long millis(long millis) {
    return Duration.ofMillis(millis).toNanos();
  }
}
