package dev.manyfactor.identity;

import dev.manyfactor.config.Secret;
import dev.manyfactor.context.Context;
import dev.manyfactor.resilience.Bound;
import dev.manyfactor.resilience.Credentials;
import dev.manyfactor.resilience.Reply;
import dev.manyfactor.resilience.Request;
import dev.manyfactor.resilience.Upstream;
import dev.manyfactor.resilience.UpstreamException;
import dev.manyfactor.resilience.UpstreamSettings;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tokens for calling an upstream as this service (RFC 6749, section 4.4).
///
/// One token is kept until shortly before it expires: a fifth of its life, at most 30 seconds. One
/// thread at a time asks for a new one; the others wait for it within their own deadlines. The
/// issuer is not asked by every caller while something is wrong: a failure holds for a second, and
/// a token that the upstream refuses is presented again if it is less than five seconds old. Safe
/// on many threads.
public final class ClientCredentials implements Credentials {
  private static final Logger LOG = LoggerFactory.getLogger(ClientCredentials.class);
  private static final Duration LONGEST_MARGIN = Duration.ofSeconds(30);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final Duration FAILURE_HOLDS = Duration.ofSeconds(1);
  private static final Duration TOO_NEW_TO_RENEW = Duration.ofSeconds(5);

  private static final String FORM = "application/x-www-form-urlencoded";

  private final Issuer issuer;
  private final Upstream upstream;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile @Nullable Held held;
  private volatile @Nullable Failed failed;

  /// All instants are on the clock that never goes back.
  ///
  /// @param from when it was given
  /// @param until when to ask for another
  private record Held(String token, long from, long until) {}

  /// @param until when to ask again
  private record Failed(UpstreamException failure, long until) {}

  private ClientCredentials(Issuer issuer, Upstream upstream) {
    this.issuer = issuer;
    this.upstream = upstream;
  }

  /// Tokens from `issuer` for calling `upstream`, as its settings say; empty if they name no
  /// client.
  ///
  /// @param issuer already open
  /// @param upstream whose settings are bound; it need not be open
  public static Optional<Credentials> of(Issuer issuer, Upstream upstream) {
    return upstream.settings().clientId().isEmpty()
        ? Optional.empty()
        : Optional.of(new ClientCredentials(issuer, upstream));
  }

  @Override
  public String token(Optional<String> refused) {
    Optional<String> kept = kept(refused);
    if (kept.isPresent()) {
      return kept.get();
    }
    boolean alone = lock();
    try {
      return kept(refused).orElseGet(this::ask);
    } finally {
      if (alone) {
        asking.unlock();
      }
    }
  }

  private Optional<String> kept(Optional<String> refused) {
    Held current = held;
    if (current == null || now() - current.until() >= 0) {
      return Optional.empty();
    }
    boolean isRefused = refused.isPresent() && refused.get().equals(current.token());
    boolean isNew = now() - current.from() < TOO_NEW_TO_RENEW.toNanos();
    return isRefused && !isNew ? Optional.empty() : Optional.of(current.token());
  }

  /// Waits for its turn. If the turn does not come within the deadline, or the thread is asked to
  /// stop, the caller goes on: the call it then makes ends at once and says which it was.
  private boolean lock() {
    Duration patience =
        Context.current()
            .map(context -> context.deadline().atMost(LONGEST_WAIT))
            .orElse(LONGEST_WAIT);
    try {
      return asking.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private String ask() {
    Failed before = failed;
    if (before != null && now() - before.until() < 0) {
      throw before.failure();
    }
    try {
      TokenReply reply = request();
      held = new Held(reply.token(), now(), now() + keptFor(reply.lifetime()).toNanos());
      failed = null;
      return reply.token();
    } catch (UpstreamException failure) {
      note(failure);
      throw failure;
    }
  }

  private static Duration keptFor(Duration lifetime) {
    Duration margin = lifetime.dividedBy(5);
    return lifetime.minus(margin.compareTo(LONGEST_MARGIN) < 0 ? margin : LONGEST_MARGIN);
  }

  private TokenReply request() {
    Discovery discovery = issuer.discovery();
    UpstreamSettings settings = upstream.settings();
    var client =
        new Client(settings.clientId().orElseThrow(), settings.clientSecret().orElseThrow());
    var form = new LinkedHashMap<String, String>();
    form.put("grant_type", "client_credentials");
    settings.scope().ifPresent(scope -> form.put("scope", scope));
    settings.audience().ifPresent(audience -> form.put("audience", audience));
    Request request = issuer.calls().post(discovery.tokenEndpoint());
    if (discovery.wantsSecretInForm()) {
      form.put("client_id", client.id());
      form.put("client_secret", client.secret().reveal());
    } else {
      request.header("Authorization", client.basic());
    }
    Reply reply = request.repeatable().body(FORM, encoded(form)).send();
    if (!reply.isSuccess()) {
      throw reply.unusable("gives no token: it answered " + OAuthError.in(reply));
    }
    return reply.body(TokenReply.CODEC);
  }

  /// As whom to ask.
  private record Client(String id, Secret secret) {

    /// RFC 6749, section 2.3.1.
    String basic() {
      String pair =
          ClientCredentials.encoded(id) + ':' + ClientCredentials.encoded(secret.reveal());
      return "Basic "
          + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static byte[] encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(field -> encoded(field.getKey()) + '=' + encoded(field.getValue()))
        .collect(Collectors.joining("&"))
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  /// Remembers a failure that any other caller would meet as well.
  private void note(UpstreamException failure) {
    boolean isOnlyOurs =
        switch (failure) {
          case UpstreamException.Interrupted _ -> true;
          case UpstreamException.TimedOut late -> late.bound() == Bound.DEADLINE;
          case UpstreamException.Unreachable _, UpstreamException.BadReply _ -> false;
        };
    if (!isOnlyOurs) {
      failed = new Failed(failure, now() + FAILURE_HOLDS.toNanos());
    }
    LOG.atWarn()
        .addKeyValue("upstream", upstream.name())
        .log(
            "no token for calling {} as {}: {}",
            upstream.name(),
            upstream.settings().clientId().orElseThrow(),
            failure.getMessage());
  }

  private long now() {
    return issuer.timeAndChance().nanoTime().getAsLong();
  }
}
