package dev.manyfactor.idempotency;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.manyfactor.config.Configured;
import dev.manyfactor.context.Caller;
import dev.manyfactor.context.Context;
import dev.manyfactor.context.Deadline;
import dev.manyfactor.context.Tenant;
import dev.manyfactor.database.Database;
import dev.manyfactor.database.DatabaseException;
import dev.manyfactor.database.DatabaseSettings;
import dev.manyfactor.database.PostgresUrl;
import dev.manyfactor.database.Write;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;

/// A shop on the HTTP server of the JDK, without our web module: `POST /v1/orders` has one effect
/// per `Idempotency-Key`. Prints its port and serves until it is killed. Takes its time for an item
/// that is in the table `pause`.
final class JdkServer {
  private final Idempotency idempotency;
  private final InstantSource clock;

  private JdkServer(Idempotency idempotency, InstantSource clock) {
    this.idempotency = idempotency;
    this.clock = clock;
  }

  public static void main(String[] arguments) throws IOException {
    InstantSource clock = InstantSource.system();
    var settings = DatabaseSettings.of(PostgresUrl.parse(arguments[0]));
    Database database = Database.of(Configured.of(settings));
    database.open(OpenTelemetry.noop(), "shop");
    var shop =
        new JdkServer(
            new Idempotency(database, Configured.of(IdempotencySettings.DEFAULT), clock), clock);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v1/orders", shop::order);
    server.start();
    new PrintStream(System.out, true, StandardCharsets.UTF_8)
        .println(server.getAddress().getPort());
  }

  private void order(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      IdempotencyKey key;
      try {
        key = key(exchange.getRequestHeaders().getOrDefault("Idempotency-Key", List.of()));
      } catch (IllegalArgumentException noKey) {
        answer(exchange, 400, Map.of(), String.valueOf(noKey.getMessage()));
        return;
      }
      answer(exchange, order(key, fingerprint(exchange, body), body));
    } catch (DatabaseException nothingWasDone) {
      answer(exchange, 503, Map.of("Retry-After", "1"), "");
    }
  }

  private static IdempotencyKey key(List<String> headers) {
    if (headers.size() != 1) {
      throw new IllegalArgumentException("send one Idempotency-Key");
    }
    return IdempotencyKey.parse(headers.getFirst());
  }

  private Outcome order(IdempotencyKey key, Fingerprint fingerprint, byte[] body) {
    String item = new String(body, StandardCharsets.UTF_8);
    return idempotency.write(caller(), key, fingerprint, write -> add(write, item));
  }

  /// Who asks, as the program's own authentication has found; a key belongs to this caller.
  private Context caller() {
    return Context.of("createOrder", Deadline.after(Duration.ofSeconds(30), clock))
        .withTenant(new Tenant("acme"))
        .withCaller(new Caller("alice", Set.of()));
  }

  private static Fingerprint fingerprint(HttpExchange exchange, byte[] body) {
    String contentType = exchange.getRequestHeaders().getFirst("Content-Type");
    return Fingerprint.of(
        body,
        exchange.getRequestMethod(),
        exchange.getRequestURI().toString(),
        contentType == null ? "" : contentType);
  }

  private static StoredResponse add(Write write, String item) {
    long id =
        write
            .sql(
                "insert into orders (tenant, item) values (?, ?) returning id",
                write.tenant(),
                item)
            .one(row -> row.int64("id"));
    write.sql("select pg_sleep(60) from pause where item = ?", item).exists();
    return new StoredResponse(
        201,
        Map.of("Location", "/v1/orders/" + id),
        ("{\"id\":" + id + "}").getBytes(StandardCharsets.UTF_8));
  }

  private static void answer(HttpExchange exchange, Outcome outcome) throws IOException {
    switch (outcome) {
      case Outcome.Done(var response) -> answer(exchange, response);
      case Outcome.RolledBack(var response) -> answer(exchange, response);
      case Outcome.Replayed(var response) -> {
        exchange.getResponseHeaders().set("Idempotent-Replayed", "true");
        answer(exchange, response);
      }
      case Outcome.InFlight() -> answer(exchange, 409, Map.of("Retry-After", "1"), "in progress");
      case Outcome.Mismatch() -> answer(exchange, 422, Map.of(), "the key was used before");
      case Outcome.Expired _ -> answer(exchange, 400, Map.of(), "the key is too old");
      case Outcome.Unknown() -> answer(exchange, 503, Map.of("Retry-After", "1"), "");
    }
  }

  private static void answer(HttpExchange exchange, StoredResponse response) throws IOException {
    if (exchange.getRequestHeaders().containsKey("X-Die-Before-The-Answer")) {
      Runtime.getRuntime().halt(137);
    }
    String body = new String(response.body(), StandardCharsets.UTF_8);
    answer(exchange, response.status(), response.headers(), body);
  }

  private static void answer(
      HttpExchange exchange, int status, Map<String, String> headers, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    headers.forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }
}
