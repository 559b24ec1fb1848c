package dev.manyfactor.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTests {
  private static final String UUID_7 = "019a3f5c-d400-7abc-8def-0123456789ab";

  @Test
  void aQuotedKeyAndABareOneAreTheSame() {
    assertThat(IdempotencyKey.parse("\"8e03978e-40d5-43dd-bc93-6894a57f9324\""))
        .isEqualTo(IdempotencyKey.parse("  8e03978e-40d5-43dd-bc93-6894a57f9324 "));
  }

  @Test
  void aKeyHasFrom16To128Characters() {
    assertThat(IdempotencyKey.parse("a".repeat(16)).value()).hasSize(16);
    assertThat(IdempotencyKey.parse("Z.:_-9".repeat(21) + "ab").value()).hasSize(128);
    assertThatThrownBy(() -> IdempotencyKey.parse("a".repeat(15)))
        .hasMessageContaining("16 to 128 characters")
        .hasMessageContaining("but has 15");
    assertThatThrownBy(() -> IdempotencyKey.parse("a".repeat(129))).hasMessageContaining("129");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\"",
        "\"\"",
        "\"only-one-quote-here",
        "key with spaces in it",
        "key-with-ümlauts-in-it",
        "\"key-with-\\\"-escapes\"",
        "key;parameter=of-a-structure",
        "\"a-key-with-parameters\";q=1"
      })
  void anythingElseIsRefusedWithoutShowingIt(String header) {
    assertThatThrownBy(() -> IdempotencyKey.parse(header))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("an idempotency key must be 16 to 128 characters")
        .hasMessageNotContaining("spaces");
  }

  @Test
  void aUuidOfVersion7SaysWhenItWasMade() {
    assertThat(new IdempotencyKey(UUID_7).madeAt()).contains(Instant.ofEpochMilli(0x019a3f5cd400L));
    assertThat(new IdempotencyKey("8e03978e-40d5-43dd-bc93-6894a57f9324").madeAt()).isEmpty();
    assertThat(new IdempotencyKey("not-a-uuid-at-all").madeAt()).isEmpty();
  }

  @Test
  void fingerprintsDifferWhereverTheRequestsDiffer() {
    byte[] body = "ab".getBytes(StandardCharsets.UTF_8);
    var fingerprint = Fingerprint.of(body, "createOrder", "");
    assertThat(fingerprint).isEqualTo(Fingerprint.of(body.clone(), "createOrder", ""));
    assertThat(fingerprint)
        .isNotEqualTo(Fingerprint.of(new byte[0], "createOrder", ""))
        .isNotEqualTo(Fingerprint.of(body, "createOrder"))
        .isNotEqualTo(Fingerprint.of(body, "", "createOrder"))
        .isNotEqualTo(Fingerprint.of(body, "create", "Order"));
  }

  @Test
  void aHeaderThatIsKeptIsOneLine() {
    assertThatThrownBy(
            () -> new StoredResponse(200, Map.of("X", "a\r\nSet-Cookie: b"), new byte[0]))
        .hasMessageContaining("must be one line");
    assertThatThrownBy(() -> new StoredResponse(200, Map.of("X y", "a"), new byte[0]))
        .hasMessageContaining("must be one line");
    assertThatThrownBy(() -> new StoredResponse(100, Map.of(), new byte[0]))
        .hasMessageContaining("from 200 to 599");
  }

  @Test
  void noSlotIsEmptiedWhileItsKeysAreTaken() {
    Instant now = Instant.parse("2026-11-01T23:58:00Z");
    for (int days = 1; days <= 7; days++) {
      Duration retention = Duration.ofDays(days);
      var live = new java.util.HashSet<Slot>();
      for (Instant made = now.minus(retention);
          made.isBefore(now.plusSeconds(300));
          made = made.plusSeconds(60)) {
        live.add(Slot.ofDay(Math.floorDiv(made.getEpochSecond(), 86_400L)));
      }
      long[] idle = Slot.idleDays(now, retention);
      assertThat(idle).isNotEmpty();
      for (long day : idle) {
        assertThat(live).doesNotContain(Slot.ofDay(day));
      }
    }
  }
}
