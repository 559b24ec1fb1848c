package dev.manyfactor.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.config.Environment;
import dev.manyfactor.database.TestPostgres;
import dev.manyfactor.web.Access;
import dev.manyfactor.web.BodyRule;
import dev.manyfactor.web.Handler;
import dev.manyfactor.web.Idempotent;
import dev.manyfactor.web.Method;
import dev.manyfactor.web.Operation;
import dev.manyfactor.web.Response;
import dev.manyfactor.web.Routes;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a contract says with `natural` is held against the schema once `migrate` has made it.
class NaturalKeysTests {
  private static final TestPostgres POSTGRES = TestPostgres.create();
  private final ByteArrayOutputStream complaints = new ByteArrayOutputStream();

  private int migrate(Operation... operations) {
    Service registry =
        Service.of(
            "registry",
            service -> {
              service.database();
              service.web(new Routes("registry.openapi.yaml", Arrays.asList(operations)));
            });
    Map<String, String> variables =
        Map.of(
            "DATABASE_URL", POSTGRES.app().toString(),
            "DATABASE_MIGRATION_URL", POSTGRES.owner().toString());
    return registry.run(
        List.of("migrate"),
        Environment.of(variables),
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
        new PrintStream(complaints, true, StandardCharsets.UTF_8));
  }

  private static Operation natural(String id, String... columns) {
    return new Operation(
        id,
        Method.POST,
        "/" + id,
        new Access.Public(),
        new Idempotent.Natural(List.of(columns)),
        Duration.ofSeconds(30),
        BodyRule.NONE,
        new Handler.Writing(_ -> _ -> Response.empty(204)));
  }

  @Test
  void uniqueColumnsInAnyOrderAndWithOrWithoutTheTenantAreEnough() {
    assertThat(
            migrate(
                natural("register", "reference", "country"),
                natural("enrol", "tenant", "country", "reference"),
                natural("number", "id")))
        .isZero();
    assertThat(complaints.size()).isZero();
  }

  @Test
  void everyOperationWithoutAUniqueIndexOverItsColumnsIsTold() {
    int code =
        migrate(
            natural("some", "reference"), // a part of an index
            natural("more", "reference", "country", "email"), // more than one
            natural("partly", "email"), // not for all rows
            natural("lowered", "nickname"), // an expression
            natural("common", "country"), // not unique
            natural("register", "reference", "country"));
    assertThat(code).isEqualTo(78);
    assertThat(complaints.toString(StandardCharsets.UTF_8).lines())
        .hasSize(5)
        .allMatch(line -> line.contains("no unique index is over exactly these columns"))
        .anyMatch(line -> line.contains("some has one effect per reference,"))
        .anyMatch(line -> line.endsWith("unique (reference, country, email)"))
        .noneMatch(line -> line.contains("register"));
  }
}
