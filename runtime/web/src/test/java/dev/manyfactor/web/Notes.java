package dev.manyfactor.web;

import dev.manyfactor.context.Caller;
import dev.manyfactor.context.Tenant;
import dev.manyfactor.database.Database;
import dev.manyfactor.database.Read;
import dev.manyfactor.database.TestPostgres;
import dev.manyfactor.database.Transaction;
import dev.manyfactor.database.Write;
import dev.manyfactor.identity.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// A table of notes under row-level security, and operations on it for the callers of tenants.
///
/// A token is `Bearer <subject>@<tenant>`.
final class Notes {
  static final String ADA = "Authorization: Bearer ada@acme";
  static final String BOB = "Authorization: Bearer bob@globex";

  private Notes() {}

  /// A database that has the table.
  static TestPostgres database() {
    TestPostgres postgres = TestPostgres.create();
    postgres.execute(
        "create table note (tenant text not null default current_setting('manyfactor.tenant'),"
            + " text text not null)",
        "alter table note enable row level security",
        "alter table note force row level security",
        "create policy tenants on note using (tenant = current_setting('manyfactor.tenant', true))",
        "grant select, insert on note to app");
    return postgres;
  }

  /// What a server stands on, without keys.
  static Backing backing(Database database) {
    return new Backing(Optional.of(database), Optional.empty(), Optional.of(Notes::judge));
  }

  static Verification judge(String authorization) {
    String[] parts = authorization.replace("Bearer ", "").split("@", -1);
    if (parts.length != 2) {
      return new Verification.Absent();
    }
    Optional<Tenant> tenant = Optional.of(parts[1]).filter(id -> !id.isEmpty()).map(Tenant::new);
    return new Verification.Accepted(new Caller(parts[0], Set.of()), tenant, Instant.MAX);
  }

  static String texts(Transaction transaction) {
    return String.join(
        ",", transaction.sql("select text from note order by text").list(row -> row.text("text")));
  }

  static void add(Write write, String text) {
    write.updateOne("insert into note (text) values (?)", text);
  }

  /// `GET /notes`: every note of the tenant.
  static Operation list() {
    return reading("/notes", _ -> read -> Served.text(texts(read)));
  }

  static Operation reading(String path, Preparation<Read> preparation) {
    return guarded(Method.GET, path, new Idempotent.Safe(), new Handler.Reading(preparation));
  }

  static Operation writing(String path, Preparation<Write> preparation) {
    return guarded(
        Method.POST, path, new Idempotent.None("a test"), new Handler.Writing(preparation));
  }

  static Operation guarded(Method method, String path, Idempotent idempotent, Handler handler) {
    return new Operation(
        method.name() + path,
        method,
        path,
        new Access.Scopes(Set.of()),
        idempotent,
        Duration.ofSeconds(30),
        method == Method.POST ? BodyRule.json(true, 1000) : BodyRule.NONE,
        handler);
  }

  /// The text in a request's body.
  static String text(Input input) {
    Echo echo = input.body(Echo.CODEC);
    return echo == null ? "" : echo.text();
  }
}
