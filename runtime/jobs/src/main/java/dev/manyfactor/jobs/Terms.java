package dev.manyfactor.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// On what terms a job is added: when it is due, and whether it may be there twice.
///
/// ```java
/// reminders.add(write, payload, Terms.after(Duration.ofDays(3)).unique("invoice-7"));
/// ```
///
/// @param due when it becomes due
/// @param uniqueKey 1 to 200 characters; while a job of the same kind, tenant and key has not
///   finished, no second one is added
public record Terms(Due due, Optional<String> uniqueKey) {

  /// Due as soon as the transaction has committed.
  public static final Terms NOW = new Terms(new Due.Now(), Optional.empty());

  public Terms {
    uniqueKey.ifPresent(Terms::checkKey);
  }

  /// Due that long after the call.
  public static Terms after(Duration delay) {
    return new Terms(new Due.After(delay), Optional.empty());
  }

  /// Due at that instant; at once if it has passed.
  public static Terms at(Instant instant) {
    return new Terms(new Due.At(instant), Optional.empty());
  }

  /// The same terms, but nothing is added while a job with this key has not finished.
  public Terms unique(String key) {
    return new Terms(due, Optional.of(key));
  }

  private static void checkKey(String key) {
    if (key.isBlank() || key.length() > 200) {
      throw new IllegalArgumentException(
          "a unique key must have 1 to 200 characters, but has " + key.strip().length());
    }
  }
}
