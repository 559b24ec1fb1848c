package dev.manyfactor.examples.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.examples.cards.Cards;
import dev.manyfactor.testing.ServiceTest;
import dev.manyfactor.testing.TestResponse;
import dev.manyfactor.testing.TestService;
import dev.manyfactor.testing.TestSpan;
import dev.manyfactor.testing.TestTrace;
import org.junit.jupiter.api.Test;

@ServiceTest(value = Payments.class, upstreams = Cards.class)
class TraceTests {

  @Test
  void oneTraceLeadsFromARequestByItsJobToTheCardNetwork(TestService payments) {
    Journey acme = Journey.of(payments);
    TestResponse created =
        acme.client().post("/v1/payments", Journey.newPayment(acme.customer(), 1999)).expect(201);

    TestTrace trace = payments.trace(created);
    TestSpan request = trace.span("payments", "POST /v1/payments");
    TestSpan job = trace.span("payments", "job capture.requested").within(request);
    TestSpan charge = trace.span("cards", "POST /v1/charges").within(job);
    assertThat(charge.attribute("http.response.status_code")).contains("201");
  }

  @Test
  void problemNamesTheTraceOfItsRequest(TestService payments) {
    TestResponse refused = payments.stranger().get("/v1/payments").expect(401);

    assertThat(refused.text("/trace_id")).isEqualTo(payments.trace(refused).id());
  }
}
