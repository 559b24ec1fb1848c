package dev.manyfactor.web;

import dev.manyfactor.config.Description;
import java.util.Optional;

/// How many requests a single caller may send; without a limit as many as there is room for.
///
/// Each process counts for itself, so a caller of three of them may send three times as many.
///
/// @param limit requests of one caller per second, 1 to 1,000,000
/// @param burst how many it may send at once after a pause; by default as many as in a second
public record RateSettings(
    @Description("the number of requests that one caller may send per second; unset: no limit")
        Optional<Integer> limit,
    @Description("the number of requests that one caller may send at once; unset: as the limit")
        Optional<Integer> burst) {

  public static final RateSettings UNLIMITED = new RateSettings(Optional.empty(), Optional.empty());

  public RateSettings {
    limit.ifPresent(value -> check("limit", value));
    burst.ifPresent(value -> check("burst", value));
    if (burst.isPresent() && limit.isEmpty()) {
      throw new IllegalArgumentException("burst needs limit, which is not set");
    }
  }

  private static void check(String name, int value) {
    if (value < 1 || value > 1_000_000) {
      throw new IllegalArgumentException(name + " must be 1 to 1000000 but is " + value);
    }
  }
}
