package dev.manyfactor.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Durations and spellings.
class TextTests {

  @ParameterizedTest
  @CsvSource({
    "0s, PT0S",
    "250ms, PT0.25S",
    "5s, PT5S",
    "2m, PT2M",
    "1h, PT1H",
    "7d, PT168H",
    "PT1M30S, PT1M30S",
    "P1D, PT24H",
    "PT0.5S, PT0.5S",
    "9223372036s, PT2562047H47M16S"
  })
  void aDurationIsReadWithItsUnit(String text, Duration duration) {
    assertThat(DurationText.parse(text)).isEqualTo(new Parsed.Value(duration));
    assertThat(text).matches(DurationText.PATTERN);
  }

  @ParameterizedTest
  @CsvSource({
    "must be PT0.25S to PT1M but is PT0S, must be 250ms to 1m but is 0s",
    "at most PT48H, at most 2d",
    "is PT1M30S or PT0.0000001S, is 90s or PT0.0000001S",
    "PTA and P are no durations, PTA and P are no durations",
    "nor are P1M or P5H or P1DT, nor are P1M or P5H or P1DT",
    "too long is PT9999999999999H, too long is PT9999999999999H",
    "too long is PT99999999999999999999H, too long is PT99999999999999999999H",
  })
  void aDurationInAMessageReadsAsInASetting(String message, String read) {
    assertThat(DurationText.asWritten(message)).isEqualTo(read);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5",
        "s",
        "5 s",
        "5S",
        "5sec",
        "-5s",
        "+5s",
        "1.5s",
        "1m30s",
        "PT-5S",
        "-PT5S",
        "P1Y",
        "P",
        "PT",
        "٣s",
        "9223372037s",
        "999999999999999999d",
        "P9999999999999D",
        "5s\n"
      })
  void anythingElseIsNoDuration(String text) {
    assertThat(DurationText.parse(text)).isInstanceOf(Parsed.Wrong.class);
  }

  @ParameterizedTest
  @CsvSource({
    "PORT, PORT, 0",
    "PORT, PROT, 1",
    "PORT, POT, 1",
    "PORT, PORTS, 1",
    "PORT, PART, 1",
    "ABCD, DCBA, 3",
    "'', ABC, 3",
    "KITTEN, SITTING, 3"
  })
  void theDistanceCountsTypingMistakes(String from, String to, int distance) {
    assertThat(Spelling.distance(from, to)).isEqualTo(distance);
    assertThat(Spelling.distance(to, from)).isEqualTo(distance);
  }

  @Test
  void aNameThatDiffersTooMuchIsNotMeant() {
    List<String> known = List.of("CARDS_TIMEOUT", "CARDS_URL");

    assertThat(Spelling.nearest("CARDS_TIMOUT", known)).contains("CARDS_TIMEOUT");
    assertThat(Spelling.nearest("CARDS_FLAVOUR", known)).isEmpty();
  }
}
