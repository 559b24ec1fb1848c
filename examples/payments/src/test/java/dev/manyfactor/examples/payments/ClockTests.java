package dev.manyfactor.examples.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.examples.cards.Cards;
import dev.manyfactor.testing.ServiceTest;
import dev.manyfactor.testing.TestService;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What happens as time passes, without waiting for it.
@ServiceTest(value = Payments.class, upstreams = Cards.class, shared = false)
class ClockTests {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Test
  void tokenIsRefusedOnceItHasExpired(TestService payments) {
    Journey acme = Journey.of(payments);
    acme.client().get("/v1/payments").expect(200);

    payments.clock().advance(Duration.ofHours(2));

    acme.client().get("/v1/payments").expectProblem(401, "unauthenticated");
    payments.client(acme.tenant(), "payments:read").get("/v1/payments").expect(200);
  }

  @Test
  void capturedAmountsAreSettledWhenTheNightComes(TestService payments)
      throws InterruptedException {
    Journey acme = Journey.of(payments);
    acme.captured(acme.customer(), 500);

    payments.clock().advance(Duration.ofDays(1)); // SETTLE_SCHEDULE is 0 2 * * *

    Journey later =
        new Journey(payments, acme.tenant(), payments.client(acme.tenant(), "payments:read"));
    List<String> settled = List.of("clearing EUR 0", "payable EUR 0");
    Instant late = Instant.now().plus(PATIENCE);
    while (!later.balances().equals(settled) && Instant.now().isBefore(late)) {
      Thread.sleep(50);
    }
    assertThat(later.balances()).isEqualTo(settled);
  }
}
