package dev.manyfactor.examples.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.examples.cards.Cards;
import dev.manyfactor.testing.ServiceTest;
import dev.manyfactor.testing.TestClient;
import dev.manyfactor.testing.TestResponse;
import dev.manyfactor.testing.TestService;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ServiceTest(value = Payments.class, upstreams = Cards.class)
class PaymentTests {

  @Test
  void paymentIsCapturedByTheCardNetwork(TestService payments) throws InterruptedException {
    Journey acme = Journey.of(payments);
    TestResponse created =
        acme.client().post("/v1/payments", Journey.newPayment(acme.customer(), 1999)).expect(201);

    assertThat(created.text("/status")).isEqualTo("pending");
    assertThat(created.header("Location")).contains("/v1/payments/" + created.text("/id"));
    assertThat(acme.outcome(created.text("/id"))).isEqualTo("captured");
    assertThat(acme.balances()).containsExactly("clearing EUR 1999", "payable EUR -1999");
  }

  @Test
  void amountThatTheNetworkDeclinesLeavesNoTraceInTheLedger(TestService payments)
      throws InterruptedException {
    Journey acme = Journey.of(payments);

    assertThat(acme.outcome(acme.payment(acme.customer(), 1013))).isEqualTo("declined");
    assertThat(acme.balances()).isEmpty();
  }

  @Test
  void repeatedRequestGetsTheSameBytesAndHasOneEffect(TestService payments) {
    Journey acme = Journey.of(payments);
    String body = Journey.newPayment(acme.customer(), 700);
    TestClient repeating = acme.client().withKey("a-key-of-the-test-1");
    TestResponse first = repeating.post("/v1/payments", body).expect(201);
    TestResponse second = repeating.post("/v1/payments", body).expect(201);

    assertThat(second.bytes()).isEqualTo(first.bytes());
    assertThat(second.header("Location")).isEqualTo(first.header("Location"));
    assertThat(second.header("Idempotent-Replayed")).contains("true");
    assertThat(first.header("Idempotent-Replayed")).isEmpty();
    assertThat(acme.client().get("/v1/payments").json().at("/items")).hasSize(1);
  }

  @Test
  void keyThatWasUsedForSomethingElseIsRefused(TestService payments) {
    Journey acme = Journey.of(payments);
    String customer = acme.customer();
    TestClient repeating = acme.client().withKey("a-key-of-the-test-2");
    repeating.post("/v1/payments", Journey.newPayment(customer, 700)).expect(201);

    repeating.post("/v1/payments", Journey.newPayment(customer, 701)).expect(422);
  }

  @Test
  void refundsTakeNoMoreThanWasCaptured(TestService payments) throws InterruptedException {
    Journey acme = Journey.of(payments);
    String payment = acme.captured(acme.customer(), 1000);

    acme.refund(payment, 400).expect(201);
    assertThat(acme.show(payment).text("/status")).isEqualTo("partially_refunded");
    acme.refund(payment, 601).expectProblem(409, "refund-exceeds-captured");
    acme.refund(payment, 600).expect(201);
    assertThat(acme.show(payment).text("/status")).isEqualTo("refunded");
    assertThat(acme.balances())
        .containsExactly("clearing EUR 1000", "payable EUR 0", "refunds EUR -1000");
  }

  @Test
  void listGivesEveryPaymentOnceNewestFirst(TestService payments) {
    Journey acme = Journey.of(payments);
    String customer = acme.customer();
    String first = acme.payment(customer, 100);
    for (int i = 0; i < 6; i++) {
      acme.payment(customer, 100 + i);
    }
    Set<String> seen = new HashSet<>();
    String path = "/v1/payments?limit=3&customer_id=" + customer;
    TestResponse page = acme.client().get(path).expect(200);
    String last = "";
    while (true) {
      for (var item : page.json().at("/items")) {
        last = item.get("id").asString();
        assertThat(seen.add(last)).isTrue();
      }
      if (page.json().at("/next_cursor").isMissingNode()) {
        break;
      }
      page = acme.client().get(path + "&cursor=" + page.text("/next_cursor")).expect(200);
    }
    assertThat(seen).hasSize(7);
    assertThat(last).isEqualTo(first);
  }

  @Test
  void tenantsDoNotSeeEachOther(TestService payments) {
    Journey acme = Journey.of(payments);
    Journey umbrella = Journey.of(payments);
    String payment = acme.payment(acme.customer(), 100);

    umbrella.show(payment).expect(404);
    umbrella.refund(payment, 1).expect(404);
    assertThat(umbrella.client().get("/v1/payments").json().at("/items")).isEmpty();
  }

  @Test
  void emailAddressIsUniqueWithinATenant(TestService payments) {
    Journey acme = Journey.of(payments);
    acme.customer("grace@example.com").expect(201);

    acme.customer("grace@example.com").expect(409);
    Journey.of(payments).customer("grace@example.com").expect(201);
  }

  @ParameterizedTest
  @CsvSource({
    "payments:read, 403",
    "payments:write, 409",
  })
  void scopesDecideWhatACallerMayDo(String scope, int status, TestService payments) {
    payments
        .client(scope)
        .post("/v1/payments", Journey.newPayment("0198c000-0000-7000-8000-000000000000", 100))
        .expect(status);
  }

  @Test
  void strangersGetNothing(TestService payments) {
    TestResponse refused = payments.stranger().get("/v1/payments").expect(401);

    assertThat(refused.header("WWW-Authenticate"))
        .hasValueSatisfying(challenge -> assertThat(challenge).startsWith("Bearer"));
  }

  @Test
  void everyMistakeOfARequestIsNamedAtOnce(TestService payments) {
    Journey.of(payments)
        .client()
        .post(
            "/v1/payments",
            """
            {"customer_id": "no", "amount_minor": 0, "currency": "euro", "colour": 1}\
            """)
        .expectProblem(400, "invalid-request")
        .names("/amount_minor", "minimum")
        .namesOnly("/customer_id", "/amount_minor", "/currency", "/colour");
  }
}
