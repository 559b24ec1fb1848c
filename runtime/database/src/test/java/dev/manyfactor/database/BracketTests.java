package dev.manyfactor.database;

import static dev.manyfactor.database.TestPostgres.context;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.manyfactor.context.Context;
import dev.manyfactor.context.Deadline;
import dev.manyfactor.context.Tenant;
import dev.manyfactor.database.spi.Bracket;
import dev.manyfactor.database.spi.Opening;
import dev.manyfactor.database.spi.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/// With a claim that goes out alone, and with one that goes out behind the settings.
@ParameterizedClass
@ValueSource(booleans = {false, true})
class BracketTests {
  private static final TestPostgres POSTGRES = TestPostgres.create();
  private static final Database DATABASE = POSTGRES.open();
  private static final String CLAIM =
      "delete from ticket where id = (select min(id) from ticket where id < ?)";

  private final boolean alone;

  BracketTests(boolean alone) {
    this.alone = alone;
  }

  @BeforeAll
  static void tables() {
    POSTGRES.execute(
        "create table ticket (id int primary key, tenant text not null)",
        "create table effect (id int, tenant text not null,"
            + " constraint once unique (id) deferrable initially deferred)",
        "alter table effect enable row level security",
        "alter table effect force row level security",
        "create policy tenant on effect using (tenant = current_setting('manyfactor.tenant', true))",
        "grant select, insert, update, delete on ticket, effect to app");
  }

  @BeforeEach
  void fill() {
    POSTGRES.ask("with gone as (delete from effect returning 1) select count(*) from gone");
    POSTGRES.ask("with gone as (delete from ticket returning 1) select count(*) from gone");
    POSTGRES.execute("insert into ticket values (1, 'acme')");
  }

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @Test
  void whatWasClaimedSaysWhoseWorkItIs() {
    try (var bracket = claim(Duration.ofSeconds(30))) {
      assertThat(bracket.opened()).containsExactly("acme");
      bracket.run(context("acme"), write -> effect(write, 1));
      bracket.commit();
    }
    assertThat(effects()).containsExactly("acme");
    assertThat(tickets()).isEmpty();
  }

  @Test
  void theDeadlineOfTheWorkTakesThePlaceOfTheClaimsDeadline() {
    try (var bracket = claim(Duration.ofMillis(800))) {
      int count =
          bracket.run(
              context("acme", Duration.ofMinutes(1)),
              write -> {
                write.sql("select pg_sleep(4.5)").exists(); // past the first limit and its grace
                return effect(write, 1);
              });
      assertThat(count).isEqualTo(1);
      bracket.commit();
    }
    assertThat(effects()).containsExactly("acme");
  }

  @Test
  void workThatFailedIsUndoneAndTheClaimIsKept() {
    try (var bracket = claim(Duration.ofSeconds(30))) {
      assertThatThrownBy(() ->
              bracket.run(
                  context("acme"),
                  write -> {
                    effect(write, 1);
                    return write.sql("select 1 / 0").exists();
                  }))
          .isInstanceOf(StatementException.class);
      assertThatThrownBy(() -> bracket.run(write -> write.update("select 1")))
          .isInstanceOf(DoomedTransactionException.class);
      bracket.restart(context("acme"));
      bracket.commit(Statement.of("insert into ticket values (?, ?)", 2, new Tenant("acme")));
    }
    assertThat(effects()).isEmpty();
    assertThat(tickets()).containsExactly("2");
  }

  @Test
  void workThatRanOutOfTimeCanBeRecordedInItsTransaction() {
    var ran = new ArrayList<String>();
    try (var bracket = claim(Duration.ofSeconds(30))) {
      assertThatThrownBy(() ->
              bracket.run(
                  context("acme", Duration.ofMillis(300)),
                  write -> {
                    write.afterCommit(() -> ran.add("undone"));
                    return write.sql("select pg_sleep(60)").exists();
                  }))
          .isInstanceOf(DatabaseUnavailableException.class);
      bracket.restart(context("acme", Duration.ofMinutes(1)));
      bracket.run(write -> write.update("insert into ticket values (2, 'acme')"));
      bracket.commit();
    }
    assertThat(tickets()).containsExactly("2");
    assertThat(ran).isEmpty();
  }

  @Test
  void aRestartLeavesTheTenantOfTheNextWorkRight() {
    try (var bracket = claim(Duration.ofSeconds(30))) {
      assertThatThrownBy(() ->
              bracket.run(
                  context("acme"),
                  write -> {
                    throw new IllegalStateException("no");
                  }))
          .isInstanceOf(IllegalStateException.class);
      bracket.restart(context("acme"));
      bracket.run(context("umbrella"), write -> effect(write, 1));
      bracket.commit();
    }
    assertThat(effects()).containsExactly("umbrella");
  }

  @Test
  void workWhoseFirstStatementIsRefusedCanBeRecordedInItsTransaction() {
    try (var bracket = claim(Duration.ofSeconds(30))) {
      assertThatThrownBy(
              () -> bracket.run(context("acme"), write -> write.sql("select 1 / 0").exists()))
          .isInstanceOf(StatementException.class);
      bracket.restart(context("acme"));
      bracket.run(write -> write.update("insert into ticket values (2, 'acme')"));
      bracket.commit();
    }
    assertThat(tickets()).containsExactly("2");
  }

  @Test
  void whatIsLeftForTheCommitIsGoneAfterARestart() {
    try (var bracket = claim(Duration.ofSeconds(30))) {
      assertThatThrownBy(() ->
              bracket.run(
                  context("acme"),
                  write -> {
                    write.atCommit("insert into ticket values (3, 'acme')");
                    throw new IllegalStateException("no");
                  }))
          .hasMessage("no");
      bracket.restart(context("acme"));
      bracket.commit();
    }
    assertThat(tickets()).isEmpty();
  }

  @Test
  void theLastStatementAnswersWithTheCommit() {
    try (var bracket = claim(Duration.ofSeconds(30))) {
      bracket.run(
          context("acme"),
          write -> {
            write.atCommit("insert into ticket values (2, 'left for the commit')");
            return effect(write, 1);
          });
      assertThat(
              bracket.commitWith(
                  Statement.of("update ticket set tenant = ? returning id", "umbrella"),
                  row -> row.int32("id")))
          .containsExactly(2);
    }
    assertThat(effects()).containsExactly("acme");
    assertThat(POSTGRES.ask("select tenant from ticket")).containsExactly("umbrella");
  }

  @Test
  void aLastStatementThatIsRefusedRollsEverythingBack() {
    try (var bracket = claim(Duration.ofSeconds(30))) {
      bracket.run(context("acme"), write -> effect(write, 1));
      assertThatThrownBy(
              () -> bracket.commitWith(Statement.of("select 1 / 0 as x"), row -> row.int32("x")))
          .isInstanceOf(StatementException.class);
    }
    assertThat(effects()).isEmpty();
    assertThat(tickets()).containsExactly("1");
  }

  @Test
  void aBracketThatIsNotCommittedIsRolledBack() {
    try (var bracket = claim(Duration.ofSeconds(30))) {
      bracket.run(context("acme"), write -> effect(write, 1));
    }
    assertThat(effects()).isEmpty();
    assertThat(tickets()).containsExactly("1");
  }

  @Test
  void aClosingStatementThatIsRefusedRollsEverythingBack() {
    try (var bracket = claim(Duration.ofSeconds(30))) {
      bracket.run(context("acme"), write -> effect(write, 1));
      assertThatThrownBy(() ->
              bracket.commit(
                  Statement.of("insert into ticket values (?, 'acme')", 5),
                  Statement.of("insert into ticket values (?, 'acme')", 5)))
          .isInstanceOfSatisfying(
              StatementException.class,
              refusal -> {
                assertThat(refusal.isUniqueViolation()).isTrue();
                assertThat(refusal.constraint()).contains("ticket_pkey");
              });
    }
    assertThat(effects()).isEmpty();
    assertThat(tickets()).containsExactly("1");
  }

  @Test
  void aConstraintThatIsCheckedAtTheCommitRollsEverythingBack() {
    for (Statement[] closing :
        List.of(new Statement[0], new Statement[] {Statement.of("select 1")})) {
      try (var bracket = claim(Duration.ofSeconds(30))) {
        bracket.run(context("acme"), write -> effect(write, 1) + effect(write, 1));
        assertThatThrownBy(() -> bracket.commit(closing))
            .isInstanceOfSatisfying(
                StatementException.class,
                refusal -> assertThat(refusal.constraint()).contains("once"));
      }
      assertThat(effects()).isEmpty();
      assertThat(tickets()).containsExactly("1");
    }
  }

  @Test
  void anOpeningThatIsRefusedGivesItsConnectionBack() {
    var wrong = Opening.rows(Statement.of("select 1 / 0 as x"), row -> row.text("x"));
    try (var database = POSTGRES.open(DatabaseSettings.of(POSTGRES.app()).withPoolSize(1))) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> database.begin(context("acme"), wrong))
            .isInstanceOf(StatementException.class);
      }
    }
  }

  @Test
  void aRestartWithoutASavepointIsRefused() {
    try (Bracket<Optional<Object>> bracket = DATABASE.begin(context("acme"), Opening.none())) {
      assertThatThrownBy(() -> bracket.restart(context("acme")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("withSavepoint");
    }
  }

  private Bracket<List<String>> claim(Duration patience) {
    var nobody = Context.of("claim", Deadline.after(patience, InstantSource.system()));
    return DATABASE.begin(nobody, (alone ? alone(patience) : inCompany()).withSavepoint());
  }

  private static Opening<List<String>> inCompany() {
    return Opening.rows(Statement.of(CLAIM + " returning tenant", 100), row -> row.text("tenant"));
  }

  private static Opening<List<String>> alone(Duration limit) {
    return Opening.alone(
        Statement.of(
            CLAIM + " and set_config('transaction_timeout', ?, true) <> '' returning tenant",
            100,
            String.valueOf(limit.plusSeconds(3).toMillis())),
        row -> row.text("tenant"));
  }

  private static int effect(Write write, int id) {
    return write.update("insert into effect values (?, ?)", id, write.tenant());
  }

  private static List<String> effects() {
    return POSTGRES.ask("select tenant from effect order by id");
  }

  private static List<String> tickets() {
    return POSTGRES.ask("select id from ticket order by id");
  }
}
