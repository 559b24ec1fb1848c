package dev.manyfactor.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTests {

  enum Tier {
    STANDARD,
    VIP
  }

  record Line(String sku, int count) {}

  record Order(
      UUID id,
      long amount,
      BigDecimal rate,
      Tier tier,
      Instant at,
      LocalDate day,
      Duration patience,
      boolean rush,
      List<Line> lines,
      Map<String, String> labels,
      Optional<String> note,
      Optional<Line> extra) {}

  record Small(int count, String name, Tier tier) {}

  record Grown(int count, Optional<String> addedLater) {}

  @Test
  void whatIsWrittenIsReadBackEqual() {
    var order =
        new Order(
            UUID.randomUUID(),
            Long.MAX_VALUE,
            new BigDecimal("0.10"),
            Tier.VIP,
            Instant.parse("2026-11-01T12:00:00.123456789Z"),
            LocalDate.of(2026, 11, 1),
            Duration.ofMillis(1500),
            true,
            List.of(new Line("ä\u0000\uD83D\uDE00", 1)),
            Map.of("a", "b"),
            Optional.empty(),
            Optional.of(new Line("x", 2)));

    assertThat(Payload.read("order", Order.class, Payload.write("order", order))).isEqualTo(order);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"count\":1,\"name\":\"a\"}",
        "{\"count\":null,\"name\":\"a\",\"tier\":\"VIP\"}",
        "{\"count\":1,\"name\":null,\"tier\":\"VIP\"}",
        "{\"count\":\"1\",\"name\":\"a\",\"tier\":\"VIP\"}",
        "{\"count\":1.5,\"name\":\"a\",\"tier\":\"VIP\"}",
        "{\"count\":99999999999,\"name\":\"a\",\"tier\":\"VIP\"}",
        "{\"count\":1,\"name\":2,\"tier\":\"VIP\"}",
        "{\"count\":1,\"name\":\"a\",\"tier\":\"GOLD\"}",
        "{\"count\":1,\"name\":\"a\",\"tier\":1}",
        "{\"count\":1,\"name\":\"a\",\"tier\":\"VIP\",\"more\":1}",
        "{\"count\":1,\"count\":2,\"name\":\"a\",\"tier\":\"VIP\"}",
        "{\"count\":1,\"name\":\"a\",\"tier\":\"VIP\"} {}",
        "null",
        "[]",
        "\"\"",
        "{\"count\":1,"
      })
  void whatAnotherShapeHasWrittenIsRefused(String text) {
    assertThatThrownBy(() -> Payload.read("small", Small.class, text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the stored payload of small");
  }

  @Test
  void anOptionalComponentMayBeAddedWhileOlderJobsWait() {
    assertThat(Payload.read("grown", Grown.class, "{\"count\":1}"))
        .isEqualTo(new Grown(1, Optional.empty()));
  }

  @Test
  void aPayloadLargerThan64KibIsRefusedWithTheRemedy() {
    var line = new Line("x".repeat(70_000), 1);

    assertThatThrownBy(() -> Payload.write("line", line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("65536")
        .hasMessageContaining("put its key into the payload");
  }
}
