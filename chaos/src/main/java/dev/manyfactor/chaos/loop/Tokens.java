package dev.manyfactor.chaos.loop;

import dev.manyfactor.formation.ExitCode;
import dev.manyfactor.formation.FormationException;
import dev.manyfactor.formation.FormationState;
import dev.manyfactor.formation.FormationState.IssuerAccess;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/// Tokens of the formation's issuer, each kept for a while. Safe on many threads.
final class Tokens {
  private static final Duration BOUND = Duration.ofSeconds(10);
  private static final Duration KEPT = Duration.ofMinutes(20); // they are good for an hour

  private final HttpClient http;
  private final FormationState state;
  private final LongSupplier nanos;
  private final Map<String, Token> kept = new ConcurrentHashMap<>();

  /// @param state of the formation, whose issuer stays where it is
  Tokens(HttpClient http, FormationState state, LongSupplier nanos) {
    this.http = http;
    this.state = state;
    this.nanos = nanos;
  }

  private record Token(String text, long from) {}

  /// A token; empty where nobody checks any.
  Optional<String> of(String tenant, Set<String> scopes) throws InterruptedException {
    if (state.issuer().isEmpty()) {
      return Optional.empty();
    }
    String scope = String.join(" ", new TreeSet<>(scopes));
    Token token = kept.get(tenant + " " + scope);
    long now = nanos.getAsLong();
    if (token == null || now - token.from() > KEPT.toNanos()) {
      token = new Token(asked(state.issuer().get(), tenant, scope), now);
      kept.put(tenant + " " + scope, token);
    }
    return Optional.of(token.text());
  }

  private String asked(IssuerAccess issuer, String tenant, String scope)
      throws InterruptedException {
    Map<String, String> form = new TreeMap<>();
    form.put("grant_type", "client_credentials");
    form.put("client_id", issuer.clientId());
    form.put("client_secret", issuer.clientSecret());
    form.put("tenant", tenant);
    form.put("scope", scope);
    form.put("subject", "chaos");
    form.put(
        "audience", state.main().environment().getOrDefault("OIDC_AUDIENCE", state.main().name()));
    URI address = issuer.url().resolve("/token");
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(BOUND)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(encoded(form)))
            .build();
    try {
      HttpResponse<String> response =
          http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      String token =
          JsonMapper.shared().readTree(response.body()).path("access_token").asString("");
      if (token.isEmpty()) {
        throw new FormationException(
            ExitCode.INTERNAL, "the issuer gives no token: " + response.body());
      }
      return token;
    } catch (IOException unreachable) {
      throw new FormationException(
          ExitCode.INTERNAL, "the issuer does not answer: " + unreachable.getMessage());
    }
  }

  private static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(field ->
            field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
