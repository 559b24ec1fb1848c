package dev.manyfactor.formation;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class IssuerTests {
  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
  private static final Client DEVELOPER = Client.developer();
  private static final Client PAYMENTS =
      Client.service(
          "payments",
          new Client.Rights.Fixed(
              "payments", "cards", "payments", Set.of("charges:read", "charges:write")));

  @TempDir Path directory;
  private final HttpClient http = HttpClient.newHttpClient();
  private Issuer issuer;

  @BeforeEach
  void start() {
    issuer = Issuer.start(directory, InstantSource.fixed(NOW));
    issuer.register(DEVELOPER);
    issuer.register(PAYMENTS);
  }

  @AfterEach
  void stop() {
    issuer.close();
  }

  @Test
  void theDeveloperGetsATokenForAnyTenantAudienceAndScope() throws Exception {
    JsonNode reply =
        token(
            DEVELOPER,
            Map.of(
                "tenant", "acme", "audience", "payments", "scope", "payments:write payments:read"),
            200);
    JWTClaimsSet claims = verified(reply.get("access_token").stringValue());
    assertThat(claims.getIssuer()).isEqualTo(issuer.url().toString());
    assertThat(claims.getAudience()).containsExactly("payments");
    assertThat(claims.getSubject()).isEqualTo("developer");
    assertThat(claims.getStringClaim("tenant")).isEqualTo("acme");
    assertThat(claims.getStringClaim("scope")).isEqualTo("payments:read payments:write");
    assertThat(claims.getIssueTime().toInstant()).isEqualTo(NOW);
    assertThat(claims.getNotBeforeTime().toInstant()).isEqualTo(NOW);
    assertThat(claims.getExpirationTime().toInstant()).isEqualTo(NOW.plus(Duration.ofHours(1)));
    assertThat(claims.getJWTID()).isNotBlank();
    assertThat(reply.get("expires_in").intValue()).isEqualTo(3600);
  }

  @Test
  void aServiceGetsItsOwnAudienceAndTenantAndNoMoreThanItsScopes() throws Exception {
    JsonNode reply = token(PAYMENTS, Map.of(), 200);
    JWTClaimsSet claims = verified(reply.get("access_token").stringValue());
    assertThat(claims.getSubject()).isEqualTo("payments");
    assertThat(claims.getAudience()).containsExactly("cards");
    assertThat(claims.getStringClaim("tenant")).isEqualTo("payments");
    assertThat(claims.getStringClaim("scope")).isEqualTo("charges:read charges:write");

    assertThat(error(token(PAYMENTS, Map.of("scope", "admin"), 400))).isEqualTo("invalid_scope");
    assertThat(error(token(PAYMENTS, Map.of("tenant", "acme"), 400))).isEqualTo("invalid_request");
    assertThat(error(token(PAYMENTS, Map.of("audience", "payments"), 400)))
        .isEqualTo("invalid_request");
  }

  @Test
  void aWrongSecretAnUnknownClientAndAnotherGrantAreRefused() throws Exception {
    Client forged = new Client("payments", "guess", PAYMENTS.rights());
    assertThat(error(token(forged, Map.of(), 401))).isEqualTo("invalid_client");
    Client unknown = new Client("nobody", "guess", PAYMENTS.rights());
    assertThat(error(token(unknown, Map.of(), 401))).isEqualTo("invalid_client");
    assertThat(error(token(PAYMENTS, Map.of("grant_type", "password"), 400)))
        .isEqualTo("unsupported_grant_type");
  }

  @Test
  void aTokenWithoutTenantIsNotGiven() throws Exception {
    assertThat(error(token(DEVELOPER, Map.of("audience", "payments"), 400)))
        .isEqualTo("invalid_request");
  }

  @Test
  void credentialsMayComeInTheHeader() throws Exception {
    String basic =
        Base64.getEncoder()
            .encodeToString(
                (PAYMENTS.id() + ":" + PAYMENTS.secret()).getBytes(StandardCharsets.UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(issuer.url() + "/token"))
            .header("Authorization", "Basic " + basic)
            .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
            .build();
    assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);
  }

  @Test
  void discoveryNamesTheEndpointsAndTheIssuerItself() throws Exception {
    JsonNode document = json(get("/.well-known/openid-configuration", 200));
    assertThat(document.get("issuer").stringValue()).isEqualTo(issuer.url().toString());
    assertThat(document.get("token_endpoint").stringValue()).isEqualTo(issuer.url() + "/token");
    assertThat(document.get("jwks_uri").stringValue()).isEqualTo(issuer.url() + "/jwks");
  }

  @Test
  void thePublishedKeysHoldNoPrivatePart() throws Exception {
    assertThat(get("/jwks", 200)).doesNotContain("\"d\"").doesNotContain("\"p\"");
  }

  @Test
  void otherPathsAndMethodsAreRefused() throws Exception {
    get("/jwks/more", 404);
    get("/token", 405);
    get("/", 404);
  }

  @Test
  void tokensOutliveARestart() throws Exception {
    String token = issuer.token(new Claims("alice", "payments", "acme", Set.of()));
    URI before = issuer.url();
    issuer.close();
    issuer = Issuer.start(directory, InstantSource.fixed(NOW));
    assertThat(issuer.url()).isEqualTo(before);
    assertThat(verified(token).getSubject()).isEqualTo("alice");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("issuer.json"))))
        .isEqualTo("rw-------");
  }

  @Test
  void aTestCanHaveATokenThatHasExpired() throws Exception {
    Claims claims = new Claims("alice", "payments", "acme", Set.of());
    JWTClaimsSet expired = verified(issuer.token(claims, Duration.ofMinutes(-5)));
    assertThat(expired.getExpirationTime().toInstant()).isEqualTo(NOW.minusSeconds(300));
    assertThat(expired.getIssueTime()).isBefore(expired.getExpirationTime());
  }

  private JWTClaimsSet verified(String token) throws Exception {
    SignedJWT signed = SignedJWT.parse(token);
    RSAKey key =
        JWKSet.parse(get("/jwks", 200)).getKeyByKeyId(signed.getHeader().getKeyID()).toRSAKey();
    assertThat(signed.getHeader().getAlgorithm().getName()).isEqualTo("RS256");
    assertThat(signed.verify(new RSASSAVerifier(key))).isTrue();
    return signed.getJWTClaimsSet();
  }

  private JsonNode token(Client client, Map<String, String> more, int status) throws Exception {
    Map<String, String> form = new HashMap<>(more);
    form.putIfAbsent("grant_type", "client_credentials");
    form.put("client_id", client.id());
    form.put("client_secret", client.secret());
    String body =
        form.entrySet().stream()
            .map(field ->
                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(issuer.url() + "/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> reply = http.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(status);
    return json(reply.body());
  }

  private String get(String path, int status) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(issuer.url() + path)).build();
    HttpResponse<String> reply = http.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(reply.statusCode()).as(path).isEqualTo(status);
    return reply.body();
  }

  private static String error(JsonNode reply) {
    return reply.get("error").stringValue();
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }
}
