package dev.manyfactor.formation;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A request for a token by client credentials (RFC 6749 §4.4).
///
/// @param form the parameters of the body, with `client_id` and `client_secret` also when they came
///   in the header
record TokenRequest(Map<String, String> form) {
  private static final String BASIC = "Basic ";

  /// Takes the form and, if there is one, the `Authorization` header apart.
  static TokenRequest parse(String body, @Nullable String authorization) throws TokenRefused {
    Map<String, String> form = new HashMap<>();
    for (String field : body.split("&", -1)) {
      String[] parts = field.split("=", 2);
      if (parts.length == 2 && form.put(decoded(parts[0]), decoded(parts[1])) != null) {
        throw new TokenRefused(400, "invalid_request", "a parameter is given twice");
      }
    }
    if (authorization != null && authorization.startsWith(BASIC)) {
      addCredentials(authorization.substring(BASIC.length()), form);
    }
    return new TokenRequest(Map.copyOf(form));
  }

  private static void addCredentials(String encoded, Map<String, String> form) throws TokenRefused {
    try {
      byte[] decoded = Base64.getDecoder().decode(encoded);
      String[] parts = new String(decoded, StandardCharsets.UTF_8).split(":", 2);
      form.put("client_id", decoded(parts[0]));
      form.put("client_secret", parts.length == 2 ? decoded(parts[1]) : "");
    } catch (IllegalArgumentException malformed) {
      throw new TokenRefused(401, "invalid_client", "the Authorization header is not Basic");
    }
  }

  private static String decoded(String text) throws TokenRefused {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw new TokenRefused(400, "invalid_request", "the form is not percent-encoded correctly");
    }
  }

  /// What the token will say, or why there is none.
  Claims claimsFor(TokenSource issuer) throws TokenRefused {
    if (!value("grant_type").equals("client_credentials")) {
      throw new TokenRefused(
          400, "unsupported_grant_type", "grant_type must be client_credentials");
    }
    Client client =
        issuer
            .client(value("client_id"))
            .filter(this::hasSecretOf)
            .orElseThrow(
                () -> new TokenRefused(401, "invalid_client", "unknown client or wrong secret"));
    return switch (client.rights()) {
      case Client.Rights.Fixed fixed -> fixed(client, fixed);
      case Client.Rights.Any() -> any(client);
    };
  }

  private boolean hasSecretOf(Client client) {
    return MessageDigest.isEqual(
        client.secret().getBytes(StandardCharsets.UTF_8),
        value("client_secret").getBytes(StandardCharsets.UTF_8));
  }

  private Claims fixed(Client client, Client.Rights.Fixed rights) throws TokenRefused {
    Set<String> asked = form.containsKey("scope") ? scopes() : rights.scopes();
    if (!rights.scopes().containsAll(asked)) {
      throw new TokenRefused(
          400,
          "invalid_scope",
          "%s may ask for %s".formatted(client.id(), String.join(" ", rights.scopes())));
    }
    if (!form.getOrDefault("audience", rights.audience()).equals(rights.audience())
        || !form.getOrDefault("tenant", rights.tenant()).equals(rights.tenant())) {
      throw new TokenRefused(
          400,
          "invalid_request",
          "%s gets tokens for audience %s and tenant %s only"
              .formatted(client.id(), rights.audience(), rights.tenant()));
    }
    return new Claims(rights.subject(), rights.audience(), rights.tenant(), asked);
  }

  private Claims any(Client client) throws TokenRefused {
    try {
      return new Claims(
          form.getOrDefault("subject", client.id()), value("audience"), value("tenant"), scopes());
    } catch (IllegalArgumentException incomplete) {
      throw new TokenRefused(400, "invalid_request", String.valueOf(incomplete.getMessage()));
    }
  }

  private Set<String> scopes() {
    return Arrays.stream(value("scope").split(" ", -1))
        .filter(scope -> !scope.isBlank())
        .collect(Collectors.toUnmodifiableSet());
  }

  private String value(String name) {
    return form.getOrDefault(name, "");
  }
}
