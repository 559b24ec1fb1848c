package dev.manyfactor.journey;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// A caller as it should be: it sends what got no answer again, under the same key.
///
/// @param address of the service, or of one instance
/// @param token what it may do
/// @param repeated how often something was sent again
record Client(String address, String token, AtomicInteger repeated) {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final int TRIES = 1_200; // with the pause a minute

  Client(String address, String token) {
    this(address, token, new AtomicInteger());
  }

  HttpResponse<String> get(String path) throws InterruptedException {
    return send(to(path).GET().build());
  }

  /// Posts JSON under a key.
  HttpResponse<String> post(String path, String key, String json) throws InterruptedException {
    return send(
        to(path)
            .header("Idempotency-Key", '"' + key + '"')
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json))
            .build());
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(address + path))
        .timeout(Duration.ofSeconds(30))
        .header("Authorization", "Bearer " + token);
  }

  private HttpResponse<String> send(HttpRequest request) throws InterruptedException {
    String last = "";
    for (int tries = 0; tries < TRIES; tries++) {
      try {
        HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
        if (!mayBeSentAgain(answer)) {
          return answer;
        }
        last = answer.statusCode() + " " + answer.body();
      } catch (IOException broken) {
        last = broken.toString();
      }
      repeated.incrementAndGet();
      Thread.sleep(PAUSE);
    }
    throw new AssertionError("sent " + TRIES + " times, at last: " + last);
  }

  /// Whether there may have been no effect, or the first try is not over yet.
  private static boolean mayBeSentAgain(HttpResponse<String> answer) {
    return switch (answer.statusCode()) {
      case 502, 503, 504 -> true;
      case 409 -> answer.body().contains("idempotency-key-in-flight");
      default -> false;
    };
  }
}
