package dev.manyfactor.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTests {

  /// Two instants each, written in the offset that holds then. The clocks of Berlin go forward on
  /// 29 March 2026 at 02:00 and back on 25 October 2026 at 03:00; those of the Azores skip
  /// midnight.
  @ParameterizedTest(name = "{0} after {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 2 * * *                     | 2026-11-01T01:59:59Z   | 2026-11-01T02:00:00Z      | 2026-11-02T02:00:00Z
          0 2 * * *                     | 2026-11-01T02:00:00Z   | 2026-11-02T02:00:00Z      | 2026-11-03T02:00:00Z
          0 2 * * * Europe/Berlin       | 2026-11-01T00:00:00Z   | 2026-11-01T02:00:00+01:00 | 2026-11-02T02:00:00+01:00
          */20 * * * *                  | 2026-11-01T00:30:00Z   | 2026-11-01T00:40:00Z      | 2026-11-01T01:00:00Z
          0 0 31 * 1                    | 2026-01-26T00:00:00Z   | 2026-01-31T00:00:00Z      | 2026-02-02T00:00:00Z
          0 0 * * 7                     | 2026-01-01T00:00:00Z   | 2026-01-04T00:00:00Z      | 2026-01-11T00:00:00Z
          0 0 * jan mon-tue             | 2026-01-01T00:00:00Z   | 2026-01-05T00:00:00Z      | 2026-01-06T00:00:00Z
          0 0 29 2 *                    | 2026-01-01T00:00:00Z   | 2028-02-29T00:00:00Z      | 2032-02-29T00:00:00Z
          30 2 * * * Europe/Berlin      | 2026-03-28T12:00:00Z   | 2026-03-29T03:00:00+02:00 | 2026-03-30T02:30:00+02:00
          0,30 2-3 * * * Europe/Berlin  | 2026-03-28T12:00:00Z   | 2026-03-29T03:00:00+02:00 | 2026-03-29T03:30:00+02:00
          10 * * * * Europe/Berlin      | 2026-03-29T00:30:00Z   | 2026-03-29T03:10:00+02:00 | 2026-03-29T04:10:00+02:00
          */15 * * * * Europe/Berlin    | 2026-03-29T00:40:00Z   | 2026-03-29T01:45:00+01:00 | 2026-03-29T03:00:00+02:00
          0 0 * * * Atlantic/Azores     | 2026-03-28T12:00:00Z   | 2026-03-29T01:00:00+00:00 | 2026-03-30T00:00:00+00:00
          30 2 * * * Europe/Berlin      | 2026-10-24T12:00:00Z   | 2026-10-25T02:30:00+02:00 | 2026-10-26T02:30:00+01:00
          0 * * * * Europe/Berlin       | 2026-10-24T23:30:00Z   | 2026-10-25T02:00:00+02:00 | 2026-10-25T02:00:00+01:00
          */15 * * * * Europe/Berlin    | 2026-10-25T00:40:00Z   | 2026-10-25T02:45:00+02:00 | 2026-10-25T02:00:00+01:00
          every 5m                      | 2026-11-01T00:04:59Z   | 2026-11-01T00:05:00Z      | 2026-11-01T00:10:00Z
          every 5m                      | 2026-11-01T00:05:00Z   | 2026-11-01T00:10:00Z      | 2026-11-01T00:15:00Z
          every 1d                      | 2026-03-28T12:00:00Z   | 2026-03-29T00:00:00Z      | 2026-03-30T00:00:00Z
          every 7s                      | 1970-01-01T00:00:00Z   | 1970-01-01T00:00:07Z      | 1970-01-01T00:00:14Z
          """)
  void firesAtTheseInstants(String text, Instant after, String first, String second) {
    Schedule schedule = Schedule.parse(text);

    List<Instant> fires =
        Stream.iterate(after, instant -> schedule.next(instant).orElseThrow())
            .skip(1)
            .limit(2)
            .toList();

    assertThat(fires)
        .containsExactly(
            OffsetDateTime.parse(first).toInstant(), OffsetDateTime.parse(second).toInstant());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 2 * * *",
        "0 2 * * * Europe/Berlin",
        "every 5m",
        "every 90s",
        "every 1d",
        "every 1500ms",
        "every 1000000001ms",
        "off"
      })
  void isWrittenAsItWasRead(String text) {
    assertThat(Schedule.parse(text).text()).isEqualTo(text);
  }

  @Test
  void aScheduleThatIsOffNeverFires() {
    assertThat(Schedule.parse("off").next(Instant.EPOCH)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "daily",
        "0 2 * *",
        "0 2 * * * * *",
        "60 2 * * *",
        "0 24 * * *",
        "0 0 30 2 *",
        "0 0 L * *",
        "@daily",
        "0 2 * * * Mars/Olympus",
        "every",
        "every 5",
        "every 0s",
        "every 500ms",
        "every 999d",
        "every -5m"
      })
  void anythingElseIsRefusedWithWhatItShows(String text) {
    assertThatThrownBy(() -> Schedule.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void missedInstantsAreCaughtUpAsStated() {
    List<Instant> due = Stream.of(1, 2, 3, 4).map(Instant::ofEpochSecond).toList();
    Instant onTime = Instant.ofEpochSecond(4);

    assertThat(CatchUp.parse("none").choose(due, onTime)).containsExactly(onTime);
    assertThat(CatchUp.parse("none").choose(due, onTime.plusSeconds(1))).isEmpty();
    assertThat(CatchUp.parse("last").choose(due, onTime.plusSeconds(9))).containsExactly(onTime);
    assertThat(CatchUp.parse("all up to 3").choose(due, onTime)).isEqualTo(due.subList(1, 4));
    assertThat(CatchUp.parse("all up to 9").choose(due, onTime)).isEqualTo(due);
    assertThatThrownBy(() -> CatchUp.parse("all")).hasMessageContaining("all up to 10");
    assertThatThrownBy(() -> CatchUp.parse("all up to 0")).hasMessageContaining("1 to 1000");
  }
}
