package dev.manyfactor.chaos.loop;

import java.time.Duration;

/// Something that is to be broken.
///
/// @param pause how long to wait before it
/// @param target the process, link or server
/// @param lasts until it is repaired; zero for what is over at once
public record Fault(Duration pause, FaultKind kind, String target, Duration lasts) {
  @Override
  public String toString() {
    String length = lasts.isZero() ? "" : " for %.1f s".formatted(lasts.toMillis() / 1000.0);
    return "%s: %s%s".formatted(target, kind.words(), length);
  }
}
