package dev.manyfactor.examples.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.examples.cards.Cards;
import dev.manyfactor.testing.ServiceTest;
import dev.manyfactor.testing.TestService;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

@ServiceTest(
    value = Payments.class,
    upstreams = Cards.class,
    environment = "SETTLE_SCHEDULE=every 1s")
class SettlementTests {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Test
  void capturedAmountsMoveFromClearingToPayableOnce(TestService payments)
      throws InterruptedException, SQLException {
    Journey acme = Journey.of(payments);
    String customer = acme.customer();
    acme.captured(customer, 500);
    acme.captured(customer, 700);

    assertThat(settledAmount(payments, acme.tenant(), 1200)).isEqualTo(1200);
    assertThat(acme.balances()).containsExactly("clearing EUR 0", "payable EUR 0");
  }

  /// The sum of all settlements once it has come to `expected`, or when it is late.
  private static long settledAmount(TestService payments, String tenant, long expected)
      throws InterruptedException, SQLException {
    Instant late = Instant.now().plus(PATIENCE);
    long settled = settledAmount(payments, tenant);
    while (settled < expected && Instant.now().isBefore(late)) {
      Thread.sleep(50);
      settled = settledAmount(payments, tenant);
    }
    return settled;
  }

  private static long settledAmount(TestService payments, String tenant) throws SQLException {
    try (Connection connection = payments.connect();
        var statement = connection.createStatement()) {
      statement.execute("select set_config('manyfactor.tenant', '" + tenant + "', false)");
      ResultSet sum =
          statement.executeQuery("select coalesce(sum(amount_minor), 0) from settlement");
      sum.next();
      return sum.getLong(1);
    }
  }
}
