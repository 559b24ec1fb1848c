package dev.manyfactor.resilience;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// What all calls to one open upstream share: connections, instruments, credentials.
///
/// Costs one platform thread (the client's selector); callbacks run on virtual threads. Safe on
/// many threads.
final class Channel implements AutoCloseable {
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(1);

  private final HttpClient client;
  private final ExecutorService callbacks;
  private final Instruments instruments;
  private final Optional<Credentials> credentials;
  private final TimeAndChance timeAndChance;
  private volatile boolean closed;

  Channel(
      UpstreamSettings settings,
      Instruments instruments,
      Optional<Credentials> credentials,
      TimeAndChance timeAndChance) {
    this.instruments = instruments;
    this.credentials = credentials;
    this.timeAndChance = timeAndChance;
    this.callbacks =
        Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name(instruments.upstream() + "-http-", 0).factory());
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.connectTimeout())
            .executor(callbacks)
            .build();
  }

  HttpClient client() {
    return client;
  }

  Instruments instruments() {
    return instruments;
  }

  Optional<Credentials> credentials() {
    return credentials;
  }

  TimeAndChance timeAndChance() {
    return timeAndChance;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
    client.shutdownNow();
    try {
      boolean _ = client.awaitTermination(LONGEST_CLOSE);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
    callbacks.shutdownNow();
  }
}
