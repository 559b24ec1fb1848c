package dev.manyfactor.idempotency;

import dev.manyfactor.config.Configured;
import dev.manyfactor.context.Caller;
import dev.manyfactor.context.Context;
import dev.manyfactor.context.Release;
import dev.manyfactor.database.Database;
import dev.manyfactor.database.TestPostgres;
import dev.manyfactor.database.Write;
import dev.manyfactor.migrations.Migrations;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/// A shop with one table of orders, for the tests: every order is an effect that can be counted.
final class Shop implements AutoCloseable {
  private static final Instant FIRST_DAY = Instant.parse("2026-11-01T12:00:00Z");

  final TestPostgres postgres = TestPostgres.create();
  final Database database;
  final AtomicReference<Instant> now = new AtomicReference<>(FIRST_DAY);
  final Idempotency idempotency;

  Shop() {
    new Migrations(List.of(Idempotency.migrations()), new Release("shop", "1", "test"))
        .apply(postgres.owner(), postgres.app(), _ -> {});
    postgres.execute(
        "create table orders (tenant text not null, id bigint generated always as identity,"
            + " item text not null)",
        "alter table orders enable row level security",
        "alter table orders force row level security",
        "create policy tenant on orders using (tenant = current_setting('manyfactor.tenant',"
            + " true))",
        "grant select, insert, delete on orders to app");
    database = postgres.open();
    InstantSource clock = now::get;
    idempotency = new Idempotency(database, Configured.of(IdempotencySettings.DEFAULT), clock);
  }

  /// Back to the first day, without orders and answers.
  void empty() {
    postgres.superuserExecute(
        "truncate orders restart identity", "truncate manyfactor.idempotency");
    now.set(FIRST_DAY);
  }

  static Context context(String tenant, String subject) {
    return TestPostgres.context(tenant).withCaller(new Caller(subject, Set.of()));
  }

  static IdempotencyKey key(String name) {
    return new IdempotencyKey("key-of-the-test-" + name);
  }

  /// A UUID of version 7.
  static IdempotencyKey keyMadeAt(Instant at) {
    String time = "%012x".formatted(at.toEpochMilli());
    return new IdempotencyKey(
        time.substring(0, 8) + '-' + time.substring(8) + "-7abc-8def-0123456789ab");
  }

  static Fingerprint request(String item) {
    return Fingerprint.of(item.getBytes(StandardCharsets.UTF_8), "createOrder");
  }

  /// Orders an item: the effect and its response.
  static StoredResponse order(Write write, String item) {
    long id =
        write
            .sql(
                "insert into orders (tenant, item) values (?, ?) returning id",
                write.tenant(),
                item)
            .one(row -> row.int64("id"));
    return response(201, "{\"id\":" + id + "}");
  }

  static StoredResponse response(int status, String body) {
    return new StoredResponse(
        status,
        Map.of("Location", "/v1/orders/1", "Content-Type", "application/json"),
        body.getBytes(StandardCharsets.UTF_8));
  }

  Outcome order(String tenant, String subject, IdempotencyKey key, String item) {
    return idempotency.write(
        context(tenant, subject), key, request(item), write -> order(write, item));
  }

  Outcome order(IdempotencyKey key, String item) {
    return order("acme", "alice", key, item);
  }

  /// How many orders there are, of all tenants.
  int orders() {
    return Integer.parseInt(postgres.ask("select count(*) from orders").getFirst());
  }

  int stored() {
    return Integer.parseInt(postgres.ask("select count(*) from manyfactor.idempotency").getFirst());
  }

  @Override
  public void close() {
    database.close();
  }
}
