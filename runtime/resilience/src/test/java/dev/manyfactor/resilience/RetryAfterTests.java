package dev.manyfactor.resilience;

import static dev.manyfactor.resilience.HostileUpstream.answers;
import static dev.manyfactor.resilience.Upstreams.settings;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTests {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-20T10:00:00Z"));

  @ParameterizedTest
  @CsvSource({
    "120, PT2M",
    "0, PT0S",
    "'Fri, 20 Nov 2026 10:00:30 GMT', PT30S",
    "'Fri, 20 Nov 2026 09:00:00 GMT', PT0S",
    "soon,",
    "-1,",
    "99999999999999,",
  })
  void secondsAndDatesAreRead(String value, Duration expected) {
    try (var hostile = HostileUpstream.that(answers(200, "", "Retry-After: " + value));
        var cards = Upstreams.open(settings(hostile.url(), 1))) {
      Reply reply = cards.get("/charges").send();
      assertThat(RetryAfter.read(reply, CLOCK).orElse(null)).isEqualTo(expected);
    }
  }
}
