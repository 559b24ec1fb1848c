package dev.manyfactor.resilience;

import dev.manyfactor.config.Configuration;
import dev.manyfactor.config.Configured;
import dev.manyfactor.context.Context;
import io.opentelemetry.api.OpenTelemetry;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Another service that this one calls over HTTP.
///
/// Declared while the program is composed, opened once the configuration is bound:
///
/// ```java
/// Upstream cards = Upstream.declare(configuration, "cards");       // CARDS_URL, CARDS_TIMEOUT, …
/// configuration.bind(Environment.ofProcess());
/// cards.open(openTelemetry);
/// Reply reply = cards.get("/charges").query("reference", payment).send();
/// ```
///
/// Safe on many threads. Every setting but the address and the connect timeout is read anew for
/// each call.
public final class Upstream implements AutoCloseable {
  private final String name;
  private final Configured<UpstreamSettings> settings;
  private final boolean declared;
  private volatile @Nullable Channel channel;

  Upstream(String name, Configured<UpstreamSettings> settings, boolean declared) {
    this.name = name;
    this.settings = settings;
    this.declared = declared;
  }

  /// An upstream whose settings are the variables `<NAME>_URL`, `<NAME>_TIMEOUT` and so on.
  ///
  /// @param name for messages, metrics and the variables' prefix, for example `cards`
  public static Upstream declare(Configuration configuration, String name) {
    String prefix = Configuration.prefix(name);
    return new Upstream(name, configuration.declare(prefix, UpstreamSettings.class), true);
  }

  /// An upstream with settings from elsewhere.
  public static Upstream of(String name, Configured<UpstreamSettings> settings) {
    return new Upstream(name, settings, false);
  }

  /// Makes calls possible, without credentials.
  public Upstream open(OpenTelemetry openTelemetry) {
    return open(openTelemetry, Optional.empty(), TimeAndChance.ofSystem());
  }

  /// Makes calls possible. Opens no connection yet.
  ///
  /// @param credentials what authenticates every call; empty for none
  /// @throws IllegalStateException if it is open already, or its settings are not bound
  public synchronized Upstream open(
      OpenTelemetry openTelemetry, Optional<Credentials> credentials, TimeAndChance timeAndChance) {
    if (channel != null) {
      throw new IllegalStateException("upstream " + name + " is open already");
    }
    channel =
        new Channel(
            settings(),
            new Instruments(openTelemetry, name, settings().url()),
            credentials,
            timeAndChance);
    return this;
  }

  /// What it is called in messages, metrics and variables.
  public String name() {
    return name;
  }

  /// The settings as they are now.
  ///
  /// @throws IllegalStateException before the configuration is bound
  public UpstreamSettings settings() {
    return settings.value();
  }

  /// A request to read `path`, for example `/charges/{id}`: a constant that starts with `/` or is
  /// empty, whose placeholders are filled by [Request#path].
  public Request get(String path) {
    return new Request(this, "GET", path);
  }

  /// A request to read the headers that [#get] would answer with.
  public Request head(String path) {
    return new Request(this, "HEAD", path);
  }

  /// A request to change something; retried only with an [Request#idempotencyKey].
  public Request post(String path) {
    return new Request(this, "POST", path);
  }

  /// A request to put something in its place; may be retried, as RFC 9110 makes PUT idempotent.
  public Request put(String path) {
    return new Request(this, "PUT", path);
  }

  /// A request to remove something; may be retried, as RFC 9110 makes DELETE idempotent.
  public Request delete(String path) {
    return new Request(this, "DELETE", path);
  }

  /// Whether the settings are environment variables.
  boolean isDeclared() {
    return declared;
  }

  Reply call(Ask ask) {
    Channel open = channel;
    if (open == null) {
      throw new IllegalStateException(
          "upstream " + name + " is not open; call Upstream.open once the configuration is bound");
    }
    refuseInsideTransaction(ask);
    return new Attempts(open, ask, settings()).run();
  }

  private static void refuseInsideTransaction(Ask ask) {
    Context.current()
        .filter(Context::inTransaction)
        .ifPresent(context -> {
          throw new IllegalStateException(
              "%s was called by %s while a transaction is open, which would hold its rows and its connection for as long as the other side takes; call it before or after: let the operation be a Call (x-transaction: call in the contract) or the job a LeasedJob, or add a job that makes the call"
                  .formatted(ask.target(), context.operation()));
        });
  }

  /// Cancels the calls that are still waiting and closes every connection. Waits at most a second.
  @Override
  public synchronized void close() {
    Channel open = channel;
    if (open != null) {
      open.close();
    }
  }
}
