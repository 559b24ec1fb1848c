package dev.manyfactor.database;

import static dev.manyfactor.database.TestPostgres.context;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordMappingTests {
  private static final Database DATABASE = TestPostgres.create().open();

  enum Status {
    PENDING,
    PARTIALLY_REFUNDED
  }

  record PaymentId(UUID value) {}

  record Everything(
      PaymentId id,
      String text,
      int small,
      long large,
      boolean truth,
      double ratio,
      BigDecimal amount,
      Instant createdAt,
      LocalDate day,
      Duration patience,
      Status status,
      String document,
      Optional<String> note,
      Optional<Status> formerStatus,
      Optional<Long> count) {}

  record Bytes(Optional<UUID> id, String text) {}

  record Small(int value) {}

  record Large(long value) {}

  record OptionalSmall(Optional<Integer> value) {}

  record Time(Instant value) {}

  record OneStatus(Status value) {}

  record Positive(int value) {
    Positive {
      if (value < 1) {
        throw new IllegalArgumentException("a value must be positive");
      }
    }
  }

  record Positives(Positive value) {}

  record Listing(List<String> value) {}

  record Account(String accountName) {}

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @Test
  void everyTypeGoesToTheDatabaseAndComesBack() {
    var id = new PaymentId(UUID.randomUUID());
    var everything =
        new Everything(
            id,
            "tëxt",
            7,
            1L << 40,
            true,
            0.5,
            new BigDecimal("12345678901234567890.123"),
            Instant.parse("2026-11-01T12:34:56.123456Z"),
            LocalDate.parse("2026-02-28"),
            Duration.ofMillis(90_061_500),
            Status.PARTIALLY_REFUNDED,
            "{\"a\": 1}",
            Optional.of("note"),
            Optional.empty(),
            Optional.empty());
    Everything answer =
        ask(read ->
            read.sql(
                    """
                    select ?::uuid as id, ?::text as text, ?::int as small, ?::bigint as large,
                        ?::boolean as truth, ?::float8 as ratio, ?::numeric as amount,
                        ?::timestamptz as created_at, ?::date as day, ?::interval as patience,
                        ?::text as status, ?::jsonb as document, ?::text as note,
                        ?::text as former_status, ?::bigint as count, 1 as ignored
                    """,
                    id,
                    everything.text(),
                    everything.small(),
                    everything.large(),
                    everything.truth(),
                    everything.ratio(),
                    everything.amount(),
                    everything.createdAt(),
                    everything.day(),
                    everything.patience(),
                    everything.status(),
                    everything.document(),
                    everything.note(),
                    everything.formerStatus(),
                    everything.count())
                .one(Everything.class));
    assertThat(answer).isEqualTo(everything);
  }

  @Test
  void bytesComeBackAsTheyWere() {
    byte[] bytes = {0, 1, -1, 127};
    byte[] answer =
        ask(read -> read.sql("select ?::bytea as value", bytes).one(row -> row.bytes("value")));
    assertThat(answer).isEqualTo(bytes);
  }

  @Test
  void aListIsAnArrayToCompareWith() {
    var ids = List.of(new PaymentId(UUID.randomUUID()), new PaymentId(UUID.randomUUID()));
    assertThat(exists("select 1 where ?::uuid = any(?)", ids.get(1), ids)).isTrue();
    assertThat(exists("select 1 where ?::uuid = any(?)", ids.get(1), List.of())).isFalse();
    var statuses = List.of(Status.PENDING, Status.PARTIALLY_REFUNDED);
    assertThat(exists("select 1 where 'pending' = any(?)", statuses)).isTrue();
    Instant time = Instant.parse("2026-11-01T12:34:56.123456Z");
    assertThat(exists("select 1 where ?::timestamptz = any(?)", time, List.of(time))).isTrue();
    Duration hour = Duration.ofHours(1);
    assertThat(exists("select 1 where ?::interval = any(?)", hour, List.of(hour))).isTrue();
    LocalDate day = LocalDate.parse("2026-11-01");
    assertThat(exists("select 1 where ?::date = any(?)", day, List.of(day))).isTrue();
    BigDecimal amount = new BigDecimal("1.50");
    assertThat(exists("select 1 where ?::numeric = any(?)", amount, List.of(amount))).isTrue();
    assertThat(exists("select 1 where ?::bigint = any(?)", 5L, List.of(4L, 5L))).isTrue();
  }

  @Test
  void columnsAreReadByNameWhateverTheirOrder() {
    Bytes answer = ask(read -> read.sql("select 'a' as text, null::uuid as id").one(Bytes.class));
    assertThat(answer).isEqualTo(new Bytes(Optional.empty(), "a"));
  }

  @Test
  void aMissingColumnIsNamedWithThoseThatAreThere() {
    assertMappingFails("select 1 as account, 2 as name", Account.class)
        .hasMessageContaining("Account.accountName (String) needs a column account_name")
        .hasMessageContaining("account, name");
  }

  @Test
  void aNullWithoutAnOptionalIsNamed() {
    assertMappingFails("select null::int as value", Small.class)
        .hasMessageContaining("Small.value (int) cannot hold column value, which is null")
        .hasMessageContaining("make the component an Optional");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1::bigint", "1.5::numeric", "'1'::text", "now()"})
  void aTypeThatWouldLoseSomethingIsRefused(String value) {
    assertMappingFails("select " + value + " as value", Small.class)
        .hasMessageContaining("Small.value (int) cannot hold column value of type")
        .hasMessageContaining("it fits int2 and int4");
  }

  @Test
  void aTimeWithoutAZoneIsRefused() {
    assertMappingFails("select now()::timestamp as value", Time.class)
        .hasMessageContaining("of type timestamp; it fits timestamptz");
  }

  @Test
  void aSmallerIntegerFitsALargerComponent() {
    assertThat(ask(read -> read.sql("select 5::int2 as value").one(Large.class)).value())
        .isEqualTo(5);
  }

  @Test
  void anUnknownConstantIsNamedWithThoseThereAre() {
    assertMappingFails("select 'lost' as value", OneStatus.class)
        .hasMessageContaining("Status has partially_refunded, pending but the row has \"lost\"");
  }

  @Test
  void aRecordThatRefusesItsValuesSaysWhy() {
    assertMappingFails("select 0 as value", Positive.class)
        .hasMessageContaining("Positive refuses the row: a value must be positive");
    assertMappingFails("select 0 as value", Positives.class)
        .hasMessageContaining("a value must be positive");
  }

  @Test
  void aComponentThatNoColumnCanHoldIsRefused() {
    assertMappingFails("select 1 as value", Listing.class)
        .hasMessageContaining("Listing.value (List)")
        .hasMessageContaining("cannot be read from a column");
  }

  @Test
  void aNullParameterIsRefusedWithItsPlace() {
    Object[] parameters = new Object[] {1, null};
    assertThatThrownBy(() -> ask(read -> read.sql("select ?, ?", parameters).exists()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("parameter 2 is null; pass Optional.empty() instead");
  }

  @Test
  void tooManyAndTooFewParametersAreRefused() {
    assertThatThrownBy(() -> ask(read -> read.sql("select ?::int", 1, 2).exists()))
        .hasMessageContaining("select ?::int");
    assertThatThrownBy(() -> ask(read -> read.sql("select ?::int, ?::int", 1).exists()))
        .hasMessageContaining("select ?::int, ?::int");
  }

  @Test
  void aRowCanBeReadByHand() {
    String answer =
        ask(read ->
            read.sql("select 1 as a, 2::bigint as b, true as c, null::text as d")
                .one(row ->
                    row.int32("a")
                        + "/"
                        + row.int64("b")
                        + "/"
                        + row.bool("c")
                        + "/"
                        + row.optional("d", String.class)));
    assertThat(answer).isEqualTo("1/2/true/Optional.empty");
    assertThatThrownBy(() -> ask(read -> read.sql("select 1 as a").one(row -> row.text("b"))))
        .isInstanceOf(RowMappingException.class)
        .hasMessageContaining("needs a column b, but the result has a");
    assertThatThrownBy(
            () -> ask(read -> read.sql("select null::text as a").one(row -> row.text("a"))))
        .hasMessageContaining("column a is null");
  }

  private static <R extends Record>
      org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> assertMappingFails(
          String sql, Class<R> type) {
    return assertThatThrownBy(() -> ask(read -> read.sql(sql).one(type)))
        .isInstanceOf(RowMappingException.class);
  }

  private static boolean exists(String sql, Object... parameters) {
    return ask(read -> read.sql(sql, parameters).exists());
  }

  private static <T> T ask(Function<Read, T> work) {
    return DATABASE.read(context("acme"), work);
  }
}
