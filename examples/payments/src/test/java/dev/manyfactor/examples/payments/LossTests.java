package dev.manyfactor.examples.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.examples.cards.Cards;
import dev.manyfactor.service.ProcessType;
import dev.manyfactor.testing.ServiceTest;
import dev.manyfactor.testing.TestClient;
import dev.manyfactor.testing.TestProcess;
import dev.manyfactor.testing.TestResponse;
import dev.manyfactor.testing.TestService;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What is left of a payment when processes are killed, frozen and stopped.
@ServiceTest(
    value = Payments.class,
    upstreams = Cards.class,
    type = ProcessType.WEB,
    processes = true,
    environment = {"CARDS_ATTEMPTS=10", "CARDS_ATTEMPT_TIMEOUT=1s", "CARDS_TIMEOUT=1m"})
class LossTests {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void paymentWhoseWorkerIsKilledIsCapturedOnce(TestService payments) throws Exception {
    Journey acme = Journey.of(payments);
    TestService cards = payments.upstream(Cards.class);
    cards.process().freeze(); // the first attempt fails, then the worker is in its next
    TestProcess worker = payments.start(ProcessType.WORKER);
    TestResponse created =
        acme.client().post("/v1/payments", Journey.newPayment(acme.customer(), 1999)).expect(201);
    awaitLine(worker, created);

    worker.kill();
    cards.process().thaw();
    payments.start(ProcessType.WORKER);

    assertThat(acme.outcome(created.text("/id"))).isEqualTo("captured");
    assertThat(acme.balances()).containsExactly("clearing EUR 1999", "payable EUR -1999");
    assertThat(charges(cards, created.text("/id"))).hasSize(1);
  }

  @Test
  void requestWhoseProcessWasKilledIsAnsweredByTheNextFromItsKey(TestService payments) {
    Journey acme = Journey.of(payments);
    String body = Journey.newPayment(acme.customer(), 700);
    TestClient repeating = acme.client().withKey("a-key-that-outlives-it");
    TestResponse first = repeating.post("/v1/payments", body).expect(201);

    payments.process().kill();
    payments.process().restart();

    assertThat(repeating.post("/v1/payments", body).bytes()).isEqualTo(first.bytes());
    assertThat(payments.process().stop()).isZero();
  }

  /// Waits until a worker has said something about a request: one trace id leads to its jobs.
  private static void awaitLine(TestProcess worker, TestResponse request)
      throws InterruptedException {
    Instant late = Instant.now().plus(PATIENCE);
    Optional<JsonNode> line = Optional.empty();
    while (line.isEmpty() && Instant.now().isBefore(late)) {
      Thread.sleep(50);
      line =
          worker.logs().stream()
              .filter(each -> each.path("trace_id").asString("").equals(request.traceId()))
              .findFirst();
    }
    assertThat(line).as(worker.output()).isPresent();
  }

  private static JsonNode charges(TestService cards, String payment) {
    return cards
        .client("upstream", "charges:read")
        .get("/v1/charges?reference=" + payment)
        .expect(200)
        .json()
        .at("/items");
  }
}
