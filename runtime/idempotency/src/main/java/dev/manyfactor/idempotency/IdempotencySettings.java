package dev.manyfactor.idempotency;

import dev.manyfactor.config.Default;
import dev.manyfactor.config.Description;
import java.time.Duration;

/// How long answers are kept; declared under the prefix `IDEMPOTENCY`.
///
/// @param retention 1 hour to 7 days
public record IdempotencySettings(
    @Default("24h") @Description("how long the answer of a keyed request is kept (1h to 7d)")
        Duration retention) {

  /// What every variable starts with.
  public static final String PREFIX = "IDEMPOTENCY";

  public static final IdempotencySettings DEFAULT = new IdempotencySettings(Duration.ofDays(1));

  public IdempotencySettings {
    if (retention.compareTo(Duration.ofHours(1)) < 0
        || retention.compareTo(Duration.ofDays(7)) > 0) {
      throw new IllegalArgumentException("retention must be 1h to 7d but is " + retention);
    }
  }
}
