package dev.manyfactor.jobs;

import dev.manyfactor.database.TestPostgres;
import dev.manyfactor.migrations.Migrations;
import java.util.List;

/// The tables of jobs as `migrate` makes them, and one of a service under forced row-level
/// security.
final class TestTables {
  private TestTables() {}

  static TestPostgres create() {
    TestPostgres postgres = TestPostgres.create();
    new Migrations(List.of(Jobs.migrations()), TestProgram.RELEASE)
        .apply(postgres.owner(), postgres.app(), line -> {});
    postgres.execute(
        "create table effect (id bigint generated always as identity, tenant text not null, note"
            + " text not null)",
        "alter table effect enable row level security",
        "alter table effect force row level security",
        "create policy tenants on effect"
            + " using (tenant = current_setting('manyfactor.tenant', true))",
        "grant select, insert on effect to app");
    return postgres;
  }
}
