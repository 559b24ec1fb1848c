package dev.manyfactor.cli;

import dev.manyfactor.formation.ExitCode;
import dev.manyfactor.formation.FormationException;
import dev.manyfactor.formation.FormationState.IssuerAccess;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the local issuer answered to a request for a token.
///
/// @param json the whole answer
/// @param token the token in it
record TokenReply(String json, String token) {
  private static final int PATIENCE_MILLIS = 10_000;

  /// Asks the issuer as the developer.
  static TokenReply of(IssuerAccess issuer, Map<String, String> parameters) {
    Map<String, String> form = new LinkedHashMap<>(parameters);
    form.put("grant_type", "client_credentials");
    form.put("client_id", issuer.clientId());
    form.put("client_secret", issuer.clientSecret());
    try {
      return post(issuer, encoded(form));
    } catch (IOException unreachable) {
      throw new FormationException(
          ExitCode.UNAVAILABLE,
          "the issuer at %s does not answer (%s); is the formation stopping? start it again with `mf up`"
              .formatted(issuer.url(), unreachable.getMessage()));
    }
  }

  private static TokenReply post(IssuerAccess issuer, String form) throws IOException {
    // not HttpClient: this one costs a fifth of its time to load, and a token is asked for by hand
    HttpURLConnection connection =
        (HttpURLConnection) issuer.url().resolve("/token").toURL().openConnection(Proxy.NO_PROXY);
    connection.setConnectTimeout(PATIENCE_MILLIS);
    connection.setReadTimeout(PATIENCE_MILLIS);
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    connection.setRequestProperty("Content-Type", "application/x-www-form-urlencoded");
    connection.getOutputStream().write(form.getBytes(StandardCharsets.UTF_8));
    boolean granted = connection.getResponseCode() == HttpURLConnection.HTTP_OK;
    try (InputStream body = granted ? connection.getInputStream() : connection.getErrorStream()) {
      String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
      JsonNode reply = JsonMapper.shared().readTree(text);
      if (!granted) {
        throw new FormationException(
            ExitCode.USAGE,
            "the issuer gives no token: " + reply.path("error_description").asString(text));
      }
      return new TokenReply(text, reply.path("access_token").asString(""));
    }
  }

  private static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(field ->
            field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  /// Without the token.
  @Override
  public String toString() {
    return "TokenReply";
  }
}
