package dev.manyfactor.prover.rules;

import dev.manyfactor.prover.outcome.Transcript;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Tells a slow machine by a process of known cost: a shell that does nothing, which takes a few
/// milliseconds.
final class SlowMachine {
  private static final Duration SLOW = Duration.ofMillis(250);
  private static final Duration BOUND = Duration.ofSeconds(10);
  private static final int TIMES = 5;

  private SlowMachine() {}

  /// How long it took to start one and to see it end, several times.
  static Measured shellStarts(Transcript transcript) throws InterruptedException {
    List<Duration> samples = new ArrayList<>();
    for (int time = 0; time < TIMES; time++) {
      Duration before = transcript.elapsed();
      try {
        Process shell = new ProcessBuilder("/bin/sh", "-c", ":").start();
        boolean _ = shell.waitFor(BOUND.toMillis(), TimeUnit.MILLISECONDS);
        var _ = shell.destroyForcibly();
      } catch (IOException failure) {
        throw new UncheckedIOException("a shell cannot be started", failure);
      }
      samples.add(transcript.elapsed().minus(before));
    }
    Measured measured = new Measured(samples);
    transcript.add("prover", "a shell that does nothing takes " + measured);
    return measured;
  }

  /// Whether a machine that takes so long is too slow to measure anything on.
  static boolean isShownBy(Measured shellStarts) {
    return shellStarts.median().compareTo(SLOW) > 0;
  }
}
