package dev.manyfactor.idempotency;

import dev.manyfactor.config.Configured;
import dev.manyfactor.context.Context;
import dev.manyfactor.context.Deadline;
import dev.manyfactor.context.Tenant;
import dev.manyfactor.database.Database;
import dev.manyfactor.database.DatabaseSettings;
import dev.manyfactor.database.PostgresUrl;
import io.opentelemetry.api.OpenTelemetry;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/// A program without a web server and without the service module: it adds an order under the key it
/// is given, and prints what happened.
final class PlainProgram {
  private PlainProgram() {}

  public static void main(String[] arguments) {
    InstantSource clock = InstantSource.system();
    var settings = DatabaseSettings.of(PostgresUrl.parse(arguments[0]));
    try (var database = Database.of(Configured.of(settings))) {
      database.open(OpenTelemetry.noop(), "plain program");
      var idempotency =
          new Idempotency(database, Configured.of(IdempotencySettings.DEFAULT), clock);
      Outcome outcome =
          idempotency.write(
              Context.of("order", Deadline.after(Duration.ofSeconds(30), clock))
                  .withTenant(new Tenant("acme")),
              new IdempotencyKey(arguments[1]),
              Fingerprint.of("tea".getBytes(StandardCharsets.UTF_8), "order"),
              write -> {
                write.updateOne(
                    "insert into orders (tenant, item) values (?, 'tea')", write.tenant());
                return new StoredResponse(201, Map.of(), new byte[0]);
              });
      var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
      out.println(outcome.getClass().getSimpleName());
    }
  }
}
