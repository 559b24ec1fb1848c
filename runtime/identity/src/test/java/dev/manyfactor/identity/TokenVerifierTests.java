package dev.manyfactor.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.EncryptedJWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.manyfactor.context.Caller;
import dev.manyfactor.context.Tenant;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TokenVerifierTests {
  private static final Instant NOW = TestIssuer.NOW;
  private static final TestIssuer issuer = TestIssuer.start();
  private static final Verifiers here = Verifiers.ready(issuer.settings());

  @BeforeAll
  static void start() {
    assertThat(here.verifier.whyNotReady()).isEmpty();
  }

  @AfterAll
  static void stop() {
    here.close();
    issuer.close();
  }

  @Test
  void aGoodTokenNamesCallerScopesAndTenant() {
    assertThat(here.verify(issuer.token()))
        .isEqualTo(
            new Verification.Accepted(
                new Caller("user-1", Set.of("payments:read", "payments:write")),
                Optional.of(new Tenant("acme")),
                NOW.plusSeconds(300)));
  }

  static Stream<Arguments> goodTokens() {
    return Stream.of(
        arguments("on a curve", TestIssuer.signed(issuer.claims().build(), TestIssuer.CURVE)),
        arguments("for several audiences", sign(claims().audience(List.of("x", "payments")))),
        arguments("expired within the leeway", sign(claims().expirationTime(in(-50)))),
        arguments("not yet valid within the leeway", sign(claims().notBeforeTime(in(50)))),
        arguments("without nbf", sign(claims().notBeforeTime(null))),
        arguments("without a tenant", sign(claims().claim("tenant", null))),
        arguments("without a scope", sign(claims().claim("scope", null))),
        arguments("with a list of scopes", sign(claims().claim("scope", List.of("a", "b")))),
        arguments("of RFC 9068", withType("at+jwt")),
        arguments("of RFC 9068, in full", withType("application/at+jwt")),
        arguments("of type JWT", withType("JWT")),
        arguments("without a key id", signedAs(header -> {})));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("goodTokens")
  void aTokenIsAccepted(String kind, String token) {
    assertThat(here.verify(token)).as(kind).isInstanceOf(Verification.Accepted.class);
  }

  static Stream<Arguments> badTokens() throws JOSEException {
    String good = issuer.token();
    return Stream.of(
        arguments("expired", sign(claims().expirationTime(in(-61)))),
        arguments("not valid yet", sign(claims().notBeforeTime(in(3600)))),
        arguments("for another audience", sign(claims().audience("refunds"))),
        arguments("for no audience", sign(claims().audience((String) null))),
        arguments("of another issuer", sign(claims().issuer("https://evil.example.com"))),
        arguments("of almost the issuer", sign(claims().issuer(issuer.url() + "/"))),
        arguments("of no issuer", sign(claims().issuer(null))),
        arguments("without exp", sign(claims().expirationTime(null))),
        arguments("with exp as text", sign(claims().claim("exp", "soon"))),
        arguments("with exp beyond all time", sign(claims().claim("exp", 1e300))),
        arguments("without sub", sign(claims().subject(null))),
        arguments("with a blank sub", sign(claims().subject(" "))),
        arguments("with a tenant that is none", sign(claims().claim("tenant", "../acme"))),
        arguments("with a tenant that is a number", sign(claims().claim("tenant", 7))),
        arguments("with a scope that is a number", sign(claims().claim("scope", 7))),
        arguments("with a scope of numbers", sign(claims().claim("scope", List.of(7)))),
        arguments("with aud as a number", sign(claims().claim("aud", 7))),
        arguments("signed by another key under the same id", byAnotherKey()),
        arguments("with an unknown key id", TestIssuer.signed(claims().build(), TestIssuer.OTHER)),
        arguments("with a key of its own", withOwnKey()),
        arguments("with the address of a key of its own", withOwnKeyAddress()),
        arguments("with alg none", new PlainJWT(claims().build()).serialize()),
        arguments("with alg none and a signature", none(good)),
        arguments("HS256 with the public key", sharedSecret()),
        arguments("with an algorithm that is not allowed", withAlgorithm(JWSAlgorithm.RS512)),
        arguments("with another algorithm of the same key", withAlgorithm(JWSAlgorithm.PS256)),
        arguments("of type logout+jwt", withType("logout+jwt")),
        arguments("of type dpop+jwt", withType("dpop+jwt")),
        arguments("with a critical header nobody knows", critical()),
        arguments("encrypted", encrypted()),
        arguments("with a bit flipped in the header", flipped(good, 0)),
        arguments("with a bit flipped in the claims", flipped(good, 1)),
        arguments("with a bit flipped in the signature", flipped(good, 2)),
        arguments("with a signature written another way", rewritten(good)),
        arguments("without a signature", good.substring(0, good.lastIndexOf('.') + 1)),
        arguments("with claims that are no object", payload("[]")),
        arguments("with claims that are no JSON", payload("{")),
        arguments("with a hundred thousand brackets", payload("[".repeat(5000))),
        arguments("too long", sign(claims().claim("x", "x".repeat(TokenVerifier.MAX_TOKEN)))),
        arguments("twice", good + ", Bearer " + good),
        arguments("padded", good + "=="),
        arguments("garbage", "garbage"),
        arguments("dots", "..."),
        arguments("empty", ""),
        arguments("not ASCII", "ä.ö.ü"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badTokens")
  void aTokenIsRejectedWithoutSayingMuch(String kind, String token) {
    assertThat(here.verify(token))
        .as(kind)
        .isInstanceOfSatisfying(
            Verification.Rejected.class,
            rejected -> {
              assertThat(rejected.description())
                  .isIn(
                      "the token has expired",
                      "the token is malformed",
                      "the token is not valid for this service");
              assertThat(rejected.detail()).isNotBlank();
              if (token.length() > 20) {
                assertThat(rejected.detail()).doesNotContain(token.substring(token.length() - 20));
              }
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "{\"alg\": 256}",
        "{\"alg\": \"\"}",
        "{\"alg\": \"RS256\", \"kid\": 7}",
        "{\"alg\": \"RS256\", \"jwk\": {\"kty\": \"oct\", \"k\": \"AA\"}}",
        "{\"alg\": \"RS256\", \"jwk\": {\"kty\": \"RSA\", \"n\": 1}}",
        "{\"alg\": \"RS256\", \"jwk\": [[[]]]}",
        "{\"alg\": \"RS256\", \"x5c\": [\"MII\"]}",
        "{\"alg\": \"RS256\", \"x5u\": \"not an address\"}",
        "{\"alg\": \"RS256\", \"crit\": []}",
        "{\"alg\": \"RS256\", \"b64\": false}",
        "{\"alg\": \"RS256\", \"alg\": \"none\"}",
        "{\"alg\": \"RS256\", \"typ\": {}}",
        "{\"alg\": \"dir\", \"enc\": \"A128GCM\"}"
      })
  void aHeaderThatIsNoneIsRejected(String header) {
    String good = issuer.token();
    here.rejects(encoded(header) + good.substring(good.indexOf('.')));
    here.rejects(encoded(header) + ".e30.AA");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Basic dXNlcjpwYXNz", "Bearer", "bearertoken", "DPoP x.y.z"})
  void aRequestWithoutABearerTokenIsNotCalledInvalid(String authorization) {
    assertThat(here.verifier.verify(authorization)).isEqualTo(new Verification.Absent());
  }

  @Test
  void theNameOfTheSchemeHasNoCase() {
    assertThat(here.verifier.verify("bEARER " + issuer.token()))
        .isInstanceOf(Verification.Accepted.class);
  }

  @Test
  void noChangedCharacterOfAGoodTokenIsAccepted() {
    var random = new Random(20261120);
    String good = issuer.token();
    here.accepts(good);
    for (int round = 0; round < 500; round++) {
      char[] spoiled = good.toCharArray();
      spoiled[random.nextInt(spoiled.length)] = (char) (random.nextInt(94) + 33);
      String token = new String(spoiled);
      if (!token.equals(good)) {
        here.rejects(token);
      }
    }
  }

  private static JWTClaimsSet.Builder claims() {
    return issuer.claims();
  }

  private static Date in(int seconds) {
    return Date.from(NOW.plusSeconds(seconds));
  }

  private static String sign(JWTClaimsSet.Builder claims) {
    return TestIssuer.signed(claims.build(), TestIssuer.KEY);
  }

  private interface Change {
    void to(JWSHeader.Builder header);
  }

  private static String signedAs(Change change) {
    var header = new JWSHeader.Builder(JWSAlgorithm.RS256);
    change.to(header);
    return TestIssuer.signed(header.build(), claims().build(), TestIssuer.KEY);
  }

  private static String withType(String type) {
    return signedAs(
        header -> header.keyID(TestIssuer.KEY.getKeyID()).type(new JOSEObjectType(type)));
  }

  private static String withAlgorithm(JWSAlgorithm algorithm) {
    var header = new JWSHeader.Builder(algorithm).keyID(TestIssuer.KEY.getKeyID()).build();
    return TestIssuer.signed(header, claims().build(), TestIssuer.KEY);
  }

  private static String critical() {
    return signedAs(header ->
        header
            .keyID(TestIssuer.KEY.getKeyID())
            .criticalParams(Set.of("level"))
            .customParam("level", 9));
  }

  private static String byAnotherKey() {
    var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(TestIssuer.KEY.getKeyID()).build();
    return TestIssuer.signed(header, claims().build(), TestIssuer.OTHER);
  }

  private static String withOwnKey() {
    var header =
        new JWSHeader.Builder(JWSAlgorithm.RS256).jwk(TestIssuer.OTHER.toPublicJWK()).build();
    return TestIssuer.signed(header, claims().build(), TestIssuer.OTHER);
  }

  private static String withOwnKeyAddress() {
    var header =
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .keyID("mine")
            .jwkURL(URI.create("http://127.0.0.1:1/jwks"))
            .build();
    return TestIssuer.signed(header, claims().build(), TestIssuer.OTHER);
  }

  private static String none(String good) {
    String[] parts = good.split("\\.", -1);
    return encoded("{\"alg\":\"none\",\"kid\":\"key-1\"}") + '.' + parts[1] + '.' + parts[2];
  }

  private static String sharedSecret() throws JOSEException {
    var header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(TestIssuer.KEY.getKeyID()).build();
    var token = new JWSObject(header, new Payload(claims().build().toJSONObject()));
    token.sign(new MACSigner(TestIssuer.KEY.toRSAPublicKey().getEncoded()));
    return token.serialize();
  }

  private static String encrypted() throws JOSEException {
    var token =
        new EncryptedJWT(
            new JWEHeader(JWEAlgorithm.RSA_OAEP_256, EncryptionMethod.A128GCM), claims().build());
    token.encrypt(new RSAEncrypter(TestIssuer.KEY.toRSAPublicKey()));
    return token.serialize();
  }

  private static String payload(String json) throws JOSEException {
    var token =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("key-1").build(), new Payload(json));
    token.sign(new RSASSASigner(TestIssuer.KEY));
    return token.serialize();
  }

  /// Flips the lowest bit of a byte in the middle of one part.
  private static String flipped(String token, int part) {
    String[] parts = token.split("\\.", -1);
    byte[] bytes = Base64.getUrlDecoder().decode(parts[part]);
    bytes[bytes.length / 2] ^= 1;
    parts[part] = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    return String.join(".", parts);
  }

  /// Changes only bits that base64url does not use, so the signature's bytes stay the same.
  private static String rewritten(String token) {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    int last = alphabet.indexOf(token.charAt(token.length() - 1));
    String other = token.substring(0, token.length() - 1) + alphabet.charAt(last ^ 1);
    assertThat(signature(other)).isEqualTo(signature(token));
    return other;
  }

  private static byte[] signature(String token) {
    return Base64.getUrlDecoder().decode(token.substring(token.lastIndexOf('.') + 1));
  }

  private static String encoded(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
