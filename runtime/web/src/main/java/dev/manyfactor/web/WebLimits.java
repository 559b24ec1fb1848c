package dev.manyfactor.web;

import dev.manyfactor.config.Default;
import dev.manyfactor.config.Description;
import java.time.Duration;

/// How much a web server takes on at once, and how long it waits for a client.
///
/// @param concurrency requests to operations that are worked on at once; more are answered with 503
/// @param connections open connections; more wait until one is closed
/// @param headTimeout from the first byte of a request to the end of its headers
/// @param idleTimeout without a byte in either direction; longer than that of a load balancer in
///   front, so that it is the balancer who ends an idle connection
/// @param headBytes the request line and all headers together
/// @param rate of a single caller
public record WebLimits(
    @Default("256") @Description("the number of requests to work on at once") int concurrency,
    @Default("10000") @Description("the number of connections to keep open") int connections,
    @Default("5s") @Description("how long the head of a request may take to arrive")
        Duration headTimeout,
    @Default("65s") @Description("how long a connection may be silent") Duration idleTimeout,
    @Default("8192") @Description("the largest head of a request, in bytes") int headBytes,
    RateSettings rate) {

  public static final WebLimits DEFAULT =
      new WebLimits(256, 10_000, Duration.ofSeconds(5), Duration.ofSeconds(65), 8192);

  /// Without a limit of a single caller's rate.
  public WebLimits(
      int concurrency, int connections, Duration headTimeout, Duration idleTimeout, int headBytes) {
    this(concurrency, connections, headTimeout, idleTimeout, headBytes, RateSettings.UNLIMITED);
  }

  public WebLimits {
    check(concurrency >= 1, "concurrency must be 1 or more but is " + concurrency);
    check(connections >= 1, "connections must be 1 or more but is " + connections);
    check(isPositive(headTimeout), "headTimeout must be 1ms or more but is " + headTimeout);
    check(isPositive(idleTimeout), "idleTimeout must be 1ms or more but is " + idleTimeout);
    check(
        headBytes >= 1024 && headBytes <= 65_536,
        "headBytes must be 1024 to 65536 but is " + headBytes);
  }

  /// The same limits with this rate.
  public WebLimits withRate(RateSettings changed) {
    return new WebLimits(concurrency, connections, headTimeout, idleTimeout, headBytes, changed);
  }

  private static boolean isPositive(Duration duration) {
    return duration.toMillis() > 0;
  }

  private static void check(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
