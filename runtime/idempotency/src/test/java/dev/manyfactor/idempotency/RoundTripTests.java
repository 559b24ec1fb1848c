package dev.manyfactor.idempotency;

import static dev.manyfactor.idempotency.Shop.context;
import static dev.manyfactor.idempotency.Shop.key;
import static dev.manyfactor.idempotency.Shop.request;
import static dev.manyfactor.idempotency.Shop.response;
import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.config.Configured;
import dev.manyfactor.database.CountingProxy;
import dev.manyfactor.database.Database;
import dev.manyfactor.database.DatabaseSettings;
import dev.manyfactor.database.PostgresUrl;
import dev.manyfactor.database.TestPostgres;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// What one effect per key costs: two round trips around the statements of the work.
class RoundTripTests {
  private static final int SERVER_PREPARES_AFTER = 5;

  @Test
  void aKeyedWriteIsItsStatementsAndTwoRoundTrips() throws IOException {
    try (var shop = new Shop();
        var proxy = new CountingProxy(TestPostgres.port());
        Database database = shop.postgres.open(settings(shop, proxy))) {
      var idempotency =
          new Idempotency(database, Configured.of(IdempotencySettings.DEFAULT), shop.now::get);
      order(idempotency, "connects");
      for (int i = 0; i < 2 * SERVER_PREPARES_AFTER; i++) {
        proxy.take();
        order(idempotency, "order-" + i);
        assertThat(proxy.take()).isEqualTo(3);
      }
    }
  }

  private static void order(Idempotency idempotency, String name) {
    Outcome outcome =
        idempotency.write(
            context("acme", "alice"),
            key(name),
            request("tea"),
            write -> {
              write.updateOne(
                  "insert into orders (tenant, item) values (?, 'tea')", write.tenant());
              return response(201, "{}");
            });
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
  }

  private static DatabaseSettings settings(Shop shop, CountingProxy proxy) {
    String url = shop.postgres.app().toString();
    return DatabaseSettings.of(
            PostgresUrl.parse(url.replace(":" + TestPostgres.port(), ":" + proxy.port())))
        .withPoolSize(1);
  }
}
