package dev.manyfactor.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// An HTTP client that says the same about itself in every request.
///
/// Immutable: each `with…` gives another client. A POST carries a fresh `Idempotency-Key` unless
/// one was set, and every request a trace of its own. Every request ends within 30 s. Safe on many
/// threads.
public final class TestClient {
  /// The client's own step of each trace.
  static final String SPAN_ID = "7e57c11e47000001";

  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String KEY = "Idempotency-Key";

  private final URI base;
  private final Map<String, String> headers;

  private TestClient(URI base, Map<String, String> headers) {
    this.base = base;
    this.headers = Map.copyOf(headers);
  }

  static TestClient of(URI base) {
    return new TestClient(base, Map.of());
  }

  static TestClient of(URI base, String token) {
    return new TestClient(base, Map.of("Authorization", "Bearer " + token));
  }

  /// The same with a header in every request.
  public TestClient withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new TestClient(base, more);
  }

  /// The same with this key in every request, so that each repeats the first.
  public TestClient withKey(String key) {
    return withHeader(KEY, '"' + key + '"');
  }

  /// Asks for a resource.
  public TestResponse get(String path) {
    return send("GET", path, Optional.empty());
  }

  /// Asks to remove a resource.
  public TestResponse delete(String path) {
    return send("DELETE", path, Optional.empty());
  }

  /// Sends JSON.
  public TestResponse post(String path, String json) {
    return send("POST", path, Optional.of(json));
  }

  /// Sends a request with any method.
  ///
  /// @param json the body; empty for none
  public TestResponse send(String method, String path, Optional<String> json) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .method(method, json.map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody));
    json.ifPresent(body -> request.setHeader("Content-Type", "application/json"));
    if (method.equals("POST")) {
      request.setHeader(KEY, '"' + UUID.randomUUID().toString() + '"');
    }
    String trace = UUID.randomUUID().toString().replace("-", "");
    request.setHeader("traceparent", "00-" + trace + '-' + SPAN_ID + "-01");
    headers.forEach(request::setHeader);
    return answer(request.build());
  }

  private static TestResponse answer(HttpRequest request) {
    // not by the request's own timeout, which ends with the head of the answer
    CompletableFuture<HttpResponse<byte[]>> answer =
        HTTP.sendAsync(request, BodyHandlers.ofByteArray());
    try {
      return new TestResponse(answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    } catch (ExecutionException failure) {
      throw failed(request, new IOException(failure.getCause()));
    } catch (TimeoutException late) {
      answer.cancel(true);
      throw failed(request, new IOException("no whole answer within " + PATIENCE, late));
    } catch (InterruptedException stopping) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for an answer", stopping);
    }
  }

  private static UncheckedIOException failed(HttpRequest request, IOException why) {
    return new UncheckedIOException(request.method() + " " + request.uri() + " failed", why);
  }
}
