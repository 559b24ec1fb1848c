package dev.manyfactor.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.opts.AllowWeakRSAKey;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// A real OpenID provider on a real port, which rotates, stops and lies when it is told to.
final class TestIssuer implements AutoCloseable {
  static final String AUDIENCE = "payments";
  static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

  /// Made once, because making a key takes long.
  static final RSAKey KEY = rsa("key-1");

  static final RSAKey OTHER = rsa("key-2");
  static final ECKey CURVE = ec("curve-1");

  private final int port;
  private HttpServer server;
  private final AtomicInteger keyFetches = new AtomicInteger();
  private final List<Asked> tokensAsked = new CopyOnWriteArrayList<>();

  volatile List<JWK> published = List.of(KEY, CURVE);
  volatile String name;
  volatile String keysAddress;
  volatile String tokenMethods = "\"client_secret_basic\"";
  volatile Answer tokenAnswer = asked -> new Said(200, token(asked));

  /// What a client sent to the token endpoint.
  record Asked(String authorization, String form, int count) {}

  record Said(int status, String body) {}

  interface Answer {
    Said to(Asked asked);
  }

  private TestIssuer(HttpServer server) {
    this.server = server;
    this.port = server.getAddress().getPort();
    this.name = url().toString();
    this.keysAddress = url() + "/jwks";
  }

  static TestIssuer start() {
    var issuer = new TestIssuer(listen(0));
    issuer.serve();
    return issuer;
  }

  private static HttpServer listen(int port) {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
    } catch (IOException busy) {
      throw new UncheckedIOException(busy);
    }
  }

  private void serve() {
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/.well-known/openid-configuration", this::discovery);
    server.createContext(
        "/jwks",
        exchange -> {
          keyFetches.incrementAndGet();
          reply(exchange, 200, new JWKSet(published).toString());
        });
    server.createContext("/token", this::token);
    server.start();
  }

  /// Ends every connection and refuses new ones.
  void stop() {
    server.stop(0);
  }

  /// Comes back on the same port.
  void startAgain() {
    server = listen(port);
    serve();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  int keyFetches() {
    return keyFetches.get();
  }

  List<Asked> tokensAsked() {
    return List.copyOf(tokensAsked);
  }

  OidcSettings settings() {
    return settings(Duration.ofMinutes(5));
  }

  OidcSettings settings(Duration keyRefresh) {
    return new OidcSettings(
        url(),
        AUDIENCE,
        Duration.ofSeconds(60),
        List.of(Algorithm.RS256, Algorithm.ES256),
        keyRefresh,
        Duration.ofSeconds(5));
  }

  /// Claims that a verifier accepts, to be spoiled.
  JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(url().toString())
        .subject("user-1")
        .audience(AUDIENCE)
        .claim("tenant", "acme")
        .claim("scope", "payments:read payments:write")
        .issueTime(Date.from(NOW))
        .notBeforeTime(Date.from(NOW))
        .expirationTime(Date.from(NOW.plusSeconds(300)));
  }

  String token() {
    return signed(claims().build(), KEY);
  }

  static String signed(JWTClaimsSet claims, JWK key) {
    JWSAlgorithm algorithm = key instanceof ECKey ? JWSAlgorithm.ES256 : JWSAlgorithm.RS256;
    return signed(new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(), claims, key);
  }

  static String signed(JWSHeader header, JWTClaimsSet claims, JWK key) {
    try {
      var token = new SignedJWT(header, claims);
      token.sign(
          key instanceof ECKey curve
              ? new ECDSASigner(curve)
              : new RSASSASigner(
                  key.toRSAKey().toRSAPrivateKey(), Set.of(AllowWeakRSAKey.getInstance())));
      return token.serialize();
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private void discovery(HttpExchange exchange) throws IOException {
    reply(
        exchange,
        200,
        """
        {"issuer": "%s", "jwks_uri": "%s", "token_endpoint": "%s/token",
         "token_endpoint_auth_methods_supported": [%s], "claims_supported": []}\
        """
            .formatted(name, keysAddress, url(), tokenMethods));
  }

  private void token(HttpExchange exchange) throws IOException {
    var authorization = exchange.getRequestHeaders().getFirst("Authorization");
    String form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    var asked = new Asked(authorization == null ? "" : authorization, form, tokensAsked.size() + 1);
    tokensAsked.add(asked);
    Said said = tokenAnswer.to(asked);
    reply(exchange, said.status(), said.body());
  }

  private static String token(Asked asked) {
    return "{\"access_token\": \"token-%d\", \"token_type\": \"Bearer\", \"expires_in\": 300}"
        .formatted(asked.count());
  }

  private static void reply(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static RSAKey rsa(String id) {
    return rsa(id, 2048);
  }

  private static RSAKey rsa(String id, int bits) {
    try {
      return new RSAKeyGenerator(bits, true).keyID(id).generate();
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// An RSA key of 1024 bits.
  static RSAKey weak() {
    return rsa("weak", 1024);
  }

  private static ECKey ec(String id) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
