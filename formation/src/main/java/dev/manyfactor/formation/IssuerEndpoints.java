package dev.manyfactor.formation;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// What an issuer serves: `/.well-known/openid-configuration`, `/jwks` and `/token`.
public record IssuerEndpoints(TokenSource issuer) {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int BODY_LIMIT = 16 * 1024;

  /// Adds the three to a server, each behind these filters.
  public void addTo(HttpServer server, Filter... filters) {
    Map.of(
            "/.well-known/openid-configuration",
            only("GET", this::discovery),
            "/jwks",
            only("GET", exchange -> answer(exchange, 200, issuer.publicKeys())),
            "/token",
            only("POST", this::token))
        .forEach((path, handler) ->
            server.createContext(path, handler).getFilters().addAll(List.of(filters)));
  }

  private void discovery(HttpExchange exchange) throws IOException {
    String url = issuer.url().toString();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("issuer", url);
    document.put("jwks_uri", url + "/jwks");
    document.put("token_endpoint", url + "/token");
    document.put("grant_types_supported", List.of("client_credentials"));
    document.put("response_types_supported", List.of("token"));
    document.put("subject_types_supported", List.of("public"));
    document.put("id_token_signing_alg_values_supported", List.of("RS256"));
    document.put(
        "token_endpoint_auth_methods_supported",
        List.of("client_secret_basic", "client_secret_post"));
    answer(exchange, 200, JSON.writeValueAsString(document));
  }

  private void token(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(BODY_LIMIT + 1);
    if (body.length > BODY_LIMIT) {
      refuse(exchange, new TokenRefused(413, "invalid_request", "the form is over 16 KiB"));
      return;
    }
    try {
      TokenRequest request =
          TokenRequest.parse(
              new String(body, StandardCharsets.UTF_8),
              exchange.getRequestHeaders().getFirst("Authorization"));
      Claims claims = request.claimsFor(issuer);
      Map<String, Object> reply = new LinkedHashMap<>();
      reply.put("access_token", issuer.token(claims));
      reply.put("token_type", "Bearer");
      reply.put("expires_in", Issuer.LIFETIME.toSeconds());
      reply.put("scope", String.join(" ", claims.scopes()));
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      answer(exchange, 200, JSON.writeValueAsString(reply));
    } catch (TokenRefused refused) {
      refuse(exchange, refused);
    }
  }

  private static void refuse(HttpExchange exchange, TokenRefused refused) throws IOException {
    if (refused.status() == 401) {
      exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"issuer\"");
    }
    answer(
        exchange,
        refused.status(),
        JSON.writeValueAsString(
            Map.of("error", refused.error(), "error_description", refused.description())));
  }

  private static HttpHandler only(String method, HttpHandler handler) {
    return exchange -> {
      try (exchange) {
        boolean exact =
            exchange.getHttpContext().getPath().equals(exchange.getRequestURI().getPath());
        if (!exact) {
          answer(exchange, 404, "{\"error\":\"not_found\"}");
        } else if (!exchange.getRequestMethod().equals(method)) {
          exchange.getResponseHeaders().set("Allow", method);
          answer(exchange, 405, "{\"error\":\"method_not_allowed\"}");
        } else {
          handler.handle(exchange);
        }
      }
    };
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
