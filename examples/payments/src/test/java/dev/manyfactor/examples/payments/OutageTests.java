package dev.manyfactor.examples.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.examples.cards.Cards;
import dev.manyfactor.testing.ServiceTest;
import dev.manyfactor.testing.TestProcess;
import dev.manyfactor.testing.TestService;
import org.junit.jupiter.api.Test;

@ServiceTest(value = Payments.class, upstreams = Cards.class)
class OutageTests {

  @Test
  void paymentWaitsForACardNetworkThatIsAway(TestService payments) throws InterruptedException {
    Journey acme = Journey.of(payments);
    TestProcess cards = payments.upstream(Cards.class).process();
    cards.stop();
    String payment = acme.payment(acme.customer(), 1999);

    assertThat(acme.show(payment).text("/status")).isEqualTo("pending");
    cards.restart();
    assertThat(acme.outcome(payment)).isEqualTo("captured");
  }
}
