package dev.manyfactor.database;

import static dev.manyfactor.database.TestPostgres.context;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.manyfactor.context.Context;
import dev.manyfactor.context.Deadline;
import dev.manyfactor.database.DatabaseUnavailableException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransactionTests {
  private static final TestPostgres POSTGRES = TestPostgres.create();
  private static final Database DATABASE = POSTGRES.open();

  record Note(long id, String text) {}

  record Text(String value) {}

  @BeforeAll
  static void tables() {
    POSTGRES.execute(
        "create table note (tenant text not null default current_setting('manyfactor.tenant'),"
            + " id bigint primary key, text text not null)",
        "alter table note enable row level security",
        "alter table note force row level security",
        "create policy tenant on note using (tenant = current_setting('manyfactor.tenant', true))",
        "grant select, insert, update, delete on note to app");
  }

  @BeforeEach
  void empty() {
    POSTGRES.ask("with gone as (delete from note returning 1) select count(*) from gone");
  }

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @Test
  void aWriteIsCommittedWhenItsWorkReturns() {
    long id = DATABASE.write(context("acme"), write -> add(write, 1, "first"));
    Note note =
        DATABASE.read(
            context("acme"),
            read -> read.sql("select id, text from note where id = ?", id).one(Note.class));
    assertThat(note).isEqualTo(new Note(1, "first"));
  }

  @Test
  void aWriteWhoseWorkThrowsLeavesNothing() {
    assertThatThrownBy(() ->
            DATABASE.write(
                context("acme"),
                write -> {
                  add(write, 1, "first");
                  throw new IllegalStateException("no");
                }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no");
    assertThat(notes()).isEmpty();
  }

  @Test
  void whatIsLeftForTheCommitIsStoredWithItHoweverMuchItIs() {
    DATABASE.write(
        context("acme"),
        write -> {
          LongStream.range(0, 40).forEach(id -> addAtCommit(write, id));
          return true;
        });
    assertThat(notes()).hasSize(40);
  }

  @Test
  void whatIsLeftForTheCommitIsNotStoredAfterAFailure() {
    assertThatThrownBy(() ->
            DATABASE.write(
                context("acme"),
                write -> {
                  addAtCommit(write, 1);
                  throw new IllegalStateException("no");
                }))
        .hasMessage("no");
    assertThat(notes()).isEmpty();
  }

  @Test
  void whatTheDatabaseRefusesAtTheCommitUndoesTheWhole() {
    assertThatThrownBy(() ->
            DATABASE.write(
                context("acme"),
                write -> {
                  addAtCommit(write, 1);
                  addAtCommit(write, 1);
                  return add(write, 2, "second");
                }))
        .isInstanceOf(StatementException.class)
        .hasMessageContaining("note_pkey");
    assertThat(notes()).isEmpty();
  }

  private static void addAtCommit(Write write, long id) {
    write.atCommit("insert into note (id, text) values (?, 'left for the commit')", id);
  }

  @Test
  void tenantsDoNotSeeEachOther() {
    DATABASE.write(context("acme"), write -> add(write, 1, "acme's"));
    DATABASE.write(context("umbrella"), write -> add(write, 2, "umbrella's"));
    assertThat(seenBy("acme")).containsExactly("acme's");
    assertThat(seenBy("umbrella")).containsExactly("umbrella's");
    assertThat(seenBy("nobody")).isEmpty();
  }

  @Test
  void aTenantCannotWriteForAnother() {
    assertThatThrownBy(() ->
            DATABASE.write(
                context("acme"),
                write -> write.update("insert into note values ('umbrella', 1, 'x')")))
        .isInstanceOf(StatementException.class)
        .hasMessageContaining("violates row-level security policy");
    assertThat(notes()).isEmpty();
  }

  @Test
  void theTenantOfATransactionIsGoneFromItsConnectionAfterwards() {
    try (var database = POSTGRES.open(DatabaseSettings.of(POSTGRES.app()).withPoolSize(1))) {
      database.write(context("acme"), write -> add(write, 1, "acme's"));
      assertThat(setting(database, "umbrella")).isEqualTo("umbrella");
      try (var bracket =
          database.begin(
              Context.of("none", Deadline.after(Duration.ofSeconds(9), InstantSource.system())),
              dev.manyfactor.database.spi.Opening.none())) {
        boolean anything = bracket.run(write -> write.sql("select 1 from note").exists());
        assertThat(anything).isFalse();
      }
    }
  }

  @Test
  void aReadCannotWrite() {
    assertThatThrownBy(() ->
            DATABASE.read(
                context("acme"),
                read ->
                    read.sql("insert into note (id, text) values (1, 'x') returning text")
                        .list(row -> row.text("text"))))
        .isInstanceOf(StatementException.class)
        .hasMessageContaining("a Read may only look, so take a Write");
    assertThat(notes()).isEmpty();
  }

  @Test
  void aFailureThatWasCaughtStillRollsBack() {
    assertThatThrownBy(() ->
            DATABASE.write(
                context("acme"),
                write -> {
                  add(write, 1, "first");
                  try {
                    add(write, 1, "again");
                  } catch (StatementException duplicate) {
                    assertThat(duplicate.isUniqueViolation()).isTrue();
                    assertThat(duplicate.constraint()).contains("note_pkey");
                  }
                  return "went on";
                }))
        .isInstanceOf(DoomedTransactionException.class)
        .hasMessageContaining("on conflict do nothing")
        .hasCauseInstanceOf(StatementException.class);
    assertThat(notes()).isEmpty();
  }

  @Test
  void anUnexpectedCountThatWasCaughtStillRollsBack() {
    assertThatThrownBy(() ->
            DATABASE.write(
                context("acme"),
                write -> {
                  add(write, 1, "first");
                  try {
                    write.updateOne("update note set text = 'x' where id = ?", 2);
                  } catch (RowCountException none) {
                    return "went on";
                  }
                  return "impossible";
                }))
        .isInstanceOf(DoomedTransactionException.class)
        .hasMessageContaining("expected exactly one row but there are 0");
    assertThat(notes()).isEmpty();
  }

  @Test
  void aMessageNeverHoldsTheValuesOfARow() {
    assertThatThrownBy(() ->
            DATABASE.write(
                context("acme"),
                write -> {
                  add(write, 424_242, "sensitive");
                  return add(write, 424_242, "sensitive");
                }))
        .isInstanceOf(StatementException.class)
        .hasMessageNotContaining("424242")
        .hasMessageNotContaining("sensitive")
        .cause()
        .hasMessageNotContaining("424242");
  }

  @Test
  void aTransactionInsideAnotherIsRefused() {
    assertThatThrownBy(() ->
            DATABASE.write(
                context("acme"),
                write -> DATABASE.read(context("acme"), read -> read.sql("select 1").exists())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("pass the open Read or Write along");
  }

  @Test
  void theContextOfTheWorkSaysThatATransactionIsOpen() {
    boolean inside =
        DATABASE.write(context("acme"), write -> Context.current().orElseThrow().inTransaction());
    assertThat(inside).isTrue();
    assertThat(Context.current()).isEmpty();
  }

  @Test
  void aTransactionWithoutATenantIsRefused() {
    var nobody =
        Context.of("export", Deadline.after(Duration.ofSeconds(9), InstantSource.system()));
    assertThatThrownBy(() -> DATABASE.read(nobody, read -> read.sql("select 1").exists()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("export has no tenant");
  }

  @Test
  void aTransactionIsOverWhenItsWorkIsOver() {
    var escaped = new AtomicReference<Write>();
    DATABASE.write(
        context("acme"),
        write -> {
          escaped.set(write);
          return add(write, 1, "first");
        });
    assertThatThrownBy(() -> escaped.get().sql("select 1").exists())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is over");
  }

  @Test
  void aStatementIsCancelledAtTheDeadline() {
    assertThatThrownBy(() ->
            DATABASE.read(
                context("acme", Duration.ofMillis(300)),
                read -> read.sql("select pg_sleep(60)").exists()))
        .isInstanceOfSatisfying(
            DatabaseUnavailableException.class,
            late -> assertThat(late.reason()).isEqualTo(Reason.DEADLINE_PASSED));
  }

  @Test
  void workThatEndsAfterItsDeadlineIsNotCommitted() {
    var now = new AtomicReference<>(Instant.parse("2026-11-01T00:00:00Z"));
    var deadline = Deadline.after(Duration.ofSeconds(5), now::get);
    assertThatThrownBy(() ->
            DATABASE.write(
                context("acme").withDeadline(deadline),
                write -> {
                  add(write, 1, "first");
                  now.updateAndGet(instant -> instant.plusSeconds(6));
                  return "late";
                }))
        .isInstanceOfSatisfying(
            DatabaseUnavailableException.class,
            late -> assertThat(late.reason()).isEqualTo(Reason.DEADLINE_PASSED));
    assertThat(notes()).isEmpty();
  }

  @Test
  void textThatEndsTheTransactionIsNoticed() {
    assertThatThrownBy(() -> DATABASE.write(context("acme"), write -> write.update("commit")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("leave commit and rollback to the runtime");
  }

  @Test
  void severalStatementsInOneTextAreRefused() {
    assertThatThrownBy(
            () -> DATABASE.read(context("acme"), read -> read.sql("select 1; select 2").exists()))
        .hasMessageContaining("one statement at a time");
    assertThatThrownBy(() ->
            DATABASE.write(
                context("acme"), write -> write.update("delete from note; delete from note")))
        .hasMessageContaining("one statement at a time");
  }

  @Test
  void aStatementIsUsedForWhatItGives() {
    assertThatThrownBy(() -> DATABASE.write(context("acme"), write -> write.update("select 1")))
        .hasMessageContaining("read them with sql(…)");
    assertThatThrownBy(() ->
            DATABASE.write(context("acme"), write -> write.sql("delete from note").one(Note.class)))
        .hasMessageContaining("run it with update(…)");
  }

  @Test
  void numbersOfRowsAreChecked() {
    String two = "select 1::bigint as id, 'a' as text union all select 2, 'b'";
    String none = two + " limit 0";
    assertThatThrownBy(() -> DATABASE.read(context("acme"), read -> read.sql(two).one(Note.class)))
        .isInstanceOf(RowCountException.class);
    assertThatThrownBy(
            () -> DATABASE.read(context("acme"), read -> read.sql(two).optional(Note.class)))
        .isInstanceOf(RowCountException.class);
    assertThatThrownBy(() -> DATABASE.read(context("acme"), read -> read.sql(none).one(Note.class)))
        .isInstanceOf(RowCountException.class);
    var absent = DATABASE.read(context("acme"), read -> read.sql(none).optional(Note.class));
    assertThat(absent).isEmpty();
  }

  @Test
  void aListThatIsTooLongIsRefusedWithTheRemedy() {
    assertThatThrownBy(() ->
            DATABASE.read(
                context("acme"),
                read ->
                    read.sql("select x::text as value from generate_series(1, 10001) x")
                        .list(Text.class)))
        .isInstanceOf(RowCountException.class)
        .hasMessageContaining("each(…)");
    List<Text> most =
        DATABASE.read(
            context("acme"),
            read ->
                read.sql("select x::text as value from generate_series(1, 10000) x")
                    .list(Text.class));
    assertThat(most).hasSize(10_000);
  }

  @Test
  void aStreamGivesEveryRowAndLeavesRoomForOtherStatements() {
    var ids = new ArrayList<Long>();
    DATABASE.write(
        context("acme"),
        write -> {
          write
              .sql("select x as id from generate_series(1::bigint, 2500) x")
              .each(
                  row -> row.int64("id"),
                  id -> {
                    ids.add(id);
                    if (id % 1_000 == 0) {
                      add(write, id, "every thousandth");
                    }
                  });
          return "done";
        });
    assertThat(ids).containsExactlyElementsOf(LongStream.rangeClosed(1, 2500).boxed().toList());
    assertThat(notes()).hasSize(2);
  }

  @Test
  void actionsAfterTheCommitRunOnlyAfterACommit() {
    var ran = new ArrayList<String>();
    DATABASE.write(
        context("acme"),
        write -> {
          write.afterCommit(() -> {
            throw new IllegalStateException("logged");
          });
          write.afterCommit(() -> ran.add("committed " + notes()));
          return add(write, 1, "first");
        });
    assertThatThrownBy(() ->
            DATABASE.write(
                context("acme"),
                write -> {
                  write.afterCommit(() -> ran.add("rolled back"));
                  return add(write, 1, "first");
                }))
        .isInstanceOf(StatementException.class);
    assertThat(ran).containsExactly("committed [first]");
  }

  private static long add(Write write, long id, String text) {
    write.updateOne("insert into note (id, text) values (?, ?)", id, text);
    return id;
  }

  private static List<String> notes() {
    return POSTGRES.ask("select text from note order by id");
  }

  private static List<String> seenBy(String tenant) {
    return DATABASE.read(
        context(tenant), read -> read.sql("select text from note").list(row -> row.text("text")));
  }

  private static String setting(Database database, String tenant) {
    return database.read(
        context(tenant),
        read ->
            read.sql("select current_setting('manyfactor.tenant') as value")
                .one(Text.class)
                .value());
  }
}
