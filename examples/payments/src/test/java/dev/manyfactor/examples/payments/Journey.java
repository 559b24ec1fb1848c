package dev.manyfactor.examples.payments;

import dev.manyfactor.testing.TestClient;
import dev.manyfactor.testing.TestResponse;
import dev.manyfactor.testing.TestService;
import java.time.Duration;
import java.time.Instant;

/// The steps that the tests have in common, in the words of a client.
record Journey(TestService service, String tenant, TestClient client) {
  private static final String SCOPES =
      "customers:read customers:write payments:read payments:write";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /// A client of a tenant of its own with every scope.
  static Journey of(TestService service) {
    String tenant = service.newTenant();
    return new Journey(service, tenant, service.client(tenant, SCOPES));
  }

  String customer() {
    return customer("ada@example.com").expect(201).text("/id");
  }

  TestResponse customer(String email) {
    return client.post(
        "/v1/customers",
        """
        {"email": "%s", "name": "Ada", "country": "GB", "tier": "vip"}\
        """
            .formatted(email));
  }

  String payment(String customer, long amountMinor) {
    return client.post("/v1/payments", newPayment(customer, amountMinor)).expect(201).text("/id");
  }

  static String newPayment(String customer, long amountMinor) {
    return """
    {"customer_id": "%s", "amount_minor": %d, "currency": "EUR", "description": "tea"}\
    """
        .formatted(customer, amountMinor);
  }

  TestResponse refund(String payment, long amountMinor) {
    return client.post(
        "/v1/payments/" + payment + "/refunds", "{\"amount_minor\": " + amountMinor + "}");
  }

  TestResponse show(String payment) {
    return client.get("/v1/payments/" + payment);
  }

  /// Waits until a payment is no longer pending and says what it is then.
  String outcome(String payment) throws InterruptedException {
    Instant late = Instant.now().plus(PATIENCE);
    String status = show(payment).expect(200).text("/status");
    while (status.equals("pending") && Instant.now().isBefore(late)) {
      Thread.sleep(20);
      status = show(payment).expect(200).text("/status");
    }
    return status;
  }

  String captured(String customer, long amountMinor) throws InterruptedException {
    String payment = payment(customer, amountMinor);
    if (!outcome(payment).equals("captured")) {
      throw new AssertionError("not captured: " + show(payment));
    }
    return payment;
  }

  /// The balances as `account currency amount`, in the order of the API.
  java.util.List<String> balances() {
    return client
        .get("/v1/accounts")
        .expect(200)
        .json()
        .at("/items")
        .valueStream()
        .map(account ->
            "%s %s %d"
                .formatted(
                    account.get("account").asString(),
                    account.get("currency").asString(),
                    account.get("balance_minor").asLong()))
        .toList();
  }
}
