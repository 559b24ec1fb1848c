package dev.manyfactor.chaos.contact;

import dev.manyfactor.chaos.history.Reply;
import dev.manyfactor.formation.Manifest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// Sends a request once and says what came of it.
///
/// @param http sends it, and never by itself a second time
/// @param tokens for those who need one
/// @param bound from the sending to the whole answer
public record Post(HttpClient http, Tokens tokens, Duration bound) {
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration BOUND = Duration.ofSeconds(10);
  private static final int FIRST_SERVER_ERROR = 500;
  private static final int IN_CONFLICT = 409;

  /// Answers that ask for patience: 401 among them, since keys may be out of reach for a while.
  private static final Set<Integer> PATIENCE = Set.of(401, 408, 425, 429);

  /// Waits ten seconds for an answer.
  public Post(HttpClient http, Tokens tokens) {
    this(http, tokens, BOUND);
  }

  /// A client that follows nothing and keeps connections.
  public static HttpClient client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(CONNECT)
        .build();
  }

  /// What is sent.
  ///
  /// @param key empty where its content is its key
  public record Letter(Manifest.Sample request, Optional<String> key, String tenant) {}

  /// Sends a letter to an address.
  public Reply send(Letter letter, URI address) throws InterruptedException {
    Manifest.Sample request = letter.request();
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(address + request.path()))
            .timeout(bound)
            .method(
                request.method(),
                request
                    .body()
                    .map(HttpRequest.BodyPublishers::ofString)
                    .orElseGet(HttpRequest.BodyPublishers::noBody));
    request.body().ifPresent(_ -> builder.header("Content-Type", "application/json"));
    letter.key().ifPresent(key -> builder.header("Idempotency-Key", key));
    tokens
        .of(letter.tenant(), request.scopes())
        .ifPresent(token -> builder.header("Authorization", "Bearer " + token));
    try {
      return reply(
          http.send(builder.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8)));
    } catch (IOException none) {
      return new Reply.Unknown(
          none.getClass().getSimpleName()
              + Optional.ofNullable(none.getMessage()).map(text -> ": " + text).orElse(""));
    }
  }

  private static Reply reply(HttpResponse<String> response) {
    int status = response.statusCode();
    boolean inFlight =
        status == IN_CONFLICT && response.headers().firstValue("Retry-After").isPresent();
    return status >= FIRST_SERVER_ERROR || PATIENCE.contains(status) || inFlight
        ? new Reply.Later(status)
        : new Reply.Conclusive(status, response.body());
  }
}
