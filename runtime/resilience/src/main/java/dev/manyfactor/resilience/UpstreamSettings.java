package dev.manyfactor.resilience;

import dev.manyfactor.config.Default;
import dev.manyfactor.config.Description;
import dev.manyfactor.config.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Where an upstream is, how long it may take, and as whom it is called.
///
/// Of the bounds and the deadline of the work that calls, the shortest holds. None can be turned
/// off.
///
/// @param url the address that paths are appended to, `http` or `https`
/// @param connectTimeout until a connection stands, at most an hour, as all of them
/// @param attemptTimeout for one attempt, from the connection to the last byte of the answer
/// @param timeout for one call: all attempts and the waits between them
/// @param attempts how often one call may be tried, the first included, 1 to 10
/// @param maxResponseBytes the largest answer that is read, 1 KiB to 64 MiB
/// @param clientId as whom to ask for a token; needs `clientSecret`; without it no token is sent
/// @param scope what the token is to be good for, space separated
/// @param audience for whom the token is to be good
public record UpstreamSettings(
    @Description(value = "the address of the service to call", example = "http://localhost:8081")
        URI url,
    @Default("1s") @Description("how long to wait for a connection") Duration connectTimeout,
    @Default("3s") @Description("how long one attempt may take") Duration attemptTimeout,
    @Default("10s") @Description("how long all attempts may take together") Duration timeout,
    @Default("2") @Description("how often to try, 1 to 10") int attempts,
    @Default("1048576") @Description("the largest answer to read, in bytes") int maxResponseBytes,
    @Description("the client to ask for tokens as; without it calls carry no token")
        Optional<String> clientId,
    @Description("the secret of that client") Optional<Secret> clientSecret,
    @Description(value = "the scope to ask for", example = "charges:write") Optional<String> scope,
    @Description("the audience to ask for") Optional<String> audience) {

  private static final Duration LONGEST = Duration.ofHours(1);
  private static final int SMALLEST_LIMIT = 1 << 10;
  private static final int LARGEST_LIMIT = 64 << 20;

  public UpstreamSettings {
    var wrong = new ArrayList<String>();
    checkUrl(url, wrong);
    checkTimeout("connectTimeout", connectTimeout, wrong);
    checkTimeout("attemptTimeout", attemptTimeout, wrong);
    checkTimeout("timeout", timeout, wrong);
    if (attempts < 1 || attempts > 10) {
      wrong.add("attempts must be 1 to 10 but is " + attempts);
    }
    if (maxResponseBytes < SMALLEST_LIMIT || maxResponseBytes > LARGEST_LIMIT) {
      wrong.add("maxResponseBytes must be 1024 to 67108864 but is " + maxResponseBytes);
    }
    if (clientId.isPresent() != clientSecret.isPresent()) {
      wrong.add("clientId and clientSecret belong together, but only one is set");
    }
    if (clientId.isEmpty() && (scope.isPresent() || audience.isPresent())) {
      wrong.add("scope and audience are for asking for a token, but clientId is not set");
    }
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", wrong));
    }
  }

  private static void checkUrl(URI url, List<String> wrong) {
    if (url.getHost() == null || !Set.of("http", "https").contains(url.getScheme())) {
      wrong.add("url must start with http:// or https:// and a host");
    } else if (url.getRawUserInfo() != null) {
      wrong.add("url must hold no user and password; use clientId and clientSecret");
    } else if (url.getRawQuery() != null || url.getRawFragment() != null) {
      wrong.add("url must end with its path, without ? or #");
    }
  }

  private static void checkTimeout(String name, Duration timeout, List<String> wrong) {
    if (!timeout.isPositive() || timeout.compareTo(LONGEST) > 0) {
      wrong.add(name + " must be more than 0s and at most 1h but is " + timeout);
    }
  }
}
