package dev.manyfactor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.manyfactor.cli.Signals.Presses;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SignalsTests {
  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1); // it may also run over
  private final List<String> done = new ArrayList<>();
  private final Presses presses =
      new Presses(
          clock::get,
          List.of(() -> done.add("stop"), () -> done.add("kill"), () -> done.add("halt")));

  @Test
  void signalsThatArriveTogetherAreOnePress() {
    presses.signal();
    presses.signal();
    after(200);
    presses.signal();
    assertThat(done).containsExactly("stop");
    after(200);
    presses.signal();
    assertThat(done).containsExactly("stop", "kill");
  }

  @Test
  void everyFurtherPressIsTheLastOne() {
    for (int press = 0; press < 4; press++) {
      presses.signal();
      after(1_000);
    }
    assertThat(done).containsExactly("stop", "kill", "halt", "halt");
  }

  private void after(long millis) {
    clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
  }
}
