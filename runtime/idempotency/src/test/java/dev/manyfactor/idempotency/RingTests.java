package dev.manyfactor.idempotency;

import static dev.manyfactor.idempotency.Shop.context;
import static dev.manyfactor.idempotency.Shop.key;
import static dev.manyfactor.idempotency.Shop.keyMadeAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.manyfactor.database.StatementException;
import dev.manyfactor.database.spi.Opening;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How answers leave: slots of days that are over are emptied, and nothing else is lost.
@Timeout(60)
class RingTests {
  private static final Shop SHOP = new Shop();
  private static final Duration LONG_AGO = Duration.ofDays(9);

  @AfterEach
  void empty() {
    SHOP.empty();
  }

  @AfterAll
  static void close() {
    SHOP.close();
  }

  /// Answers an order under a key that was made long ago, as if it were that day; the database has
  /// a clock of its own.
  private static String answerLongAgo() {
    Instant then = Instant.now().minus(LONG_AGO);
    SHOP.now.set(then);
    assertThat(SHOP.order(keyMadeAt(then), "tea")).isInstanceOf(Outcome.Done.class);
    return SHOP.postgres.ask("select tableoid::regclass from manyfactor.idempotency").getFirst();
  }

  private static void age(String where, Duration age) {
    SHOP.postgres.superuserExecute(
        "update manyfactor.idempotency set created_at = now() - interval '"
            + age.toHours()
            + " hours' where "
            + where);
  }

  private static long purge() {
    return SHOP.idempotency.purge(context("acme", "nobody"));
  }

  @Test
  void daysThatAreOverAreEmptiedAtOnce() {
    answerLongAgo();
    age("true", LONG_AGO);
    Instant now = Instant.now();
    SHOP.now.set(now);
    SHOP.order(keyMadeAt(now), "tea");
    SHOP.order(keyMadeAt(now.minus(Duration.ofHours(23))), "tea");
    assertThat(purge()).isZero();
    assertThat(SHOP.stored()).isEqualTo(2);
  }

  @Test
  void answersWithoutADayAreDeletedOneByOne() {
    SHOP.order(key("fresh"), "tea");
    SHOP.order(key("old"), "tea");
    age("key = 'key-of-the-test-old'", Duration.ofHours(25));
    assertThat(purge()).isEqualTo(1);
    assertThat(SHOP.postgres.ask("select key from manyfactor.idempotency"))
        .containsExactly("key-of-the-test-fresh");
  }

  @Test
  void answerOfAProcessWhoseClockIsDaysBehindIsKept() {
    answerLongAgo(); // by the clock of the database it was a moment ago
    purge();
    assertThat(SHOP.stored()).isEqualTo(1);
  }

  @Test
  void clockOfTheProcessThatPurgesDecidesNothing() {
    SHOP.now.set(Instant.now());
    SHOP.order(keyMadeAt(SHOP.now.get()), "tea");
    SHOP.now.set(Instant.now().plus(LONG_AGO));
    purge();
    assertThat(SHOP.stored()).isEqualTo(1);
  }

  @Test
  void slotInUseIsEmptiedTheNextTimeAndHoldsNobodyUp() {
    String slot = answerLongAgo();
    age("true", LONG_AGO);
    try (var user = SHOP.database.begin(context("acme", "alice"), Opening.none())) {
      user.run(write -> write.sql("select from " + slot).exists());
      purge();
      assertThat(SHOP.stored()).isEqualTo(1);
    }
    purge();
    assertThat(SHOP.stored()).isZero();
  }

  @Test
  void theServingRoleCanChangeNothingThatIsKept() {
    SHOP.order(keyMadeAt(SHOP.now.get()), "tea");
    String slot =
        SHOP.postgres.ask("select tableoid::regclass from manyfactor.idempotency").getFirst();
    for (String statement :
        new String[] {
          "update " + slot + " set status = 200",
          "delete from " + slot,
          "drop table " + slot,
          "alter table " + slot + " add x int"
        }) {
      assertThatThrownBy(
              () -> SHOP.database.write(context("acme", "alice"), write -> write.update(statement)))
          .isInstanceOfSatisfying(
              StatementException.class, refusal -> assertThat(refusal.state()).isEqualTo("42501"));
    }
  }

  @Test
  void theServingRoleMayTruncateSlotsOfDaysAndHasNoOtherRightOnThem() {
    assertThat(
            SHOP.postgres.ask(
                "select distinct string_agg(privilege_type, ' ' order by privilege_type)"
                    + " from information_schema.role_table_grants where grantee = 'app'"
                    + " and table_name ~ '^idempotency_[0-9]+$' group by table_name"))
        .containsExactly("INSERT SELECT TRUNCATE");
    assertThat(
            SHOP.postgres.ask(
                "select count(*) from pg_class where relname like 'idempotency%'"
                    + " and relowner = 'app'::regrole"))
        .containsExactly("0");
  }
}
