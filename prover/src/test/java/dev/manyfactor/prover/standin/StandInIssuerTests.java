package dev.manyfactor.prover.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.manyfactor.faults.TcpProxy;
import dev.manyfactor.formation.Claims;
import dev.manyfactor.formation.Client;
import dev.manyfactor.formation.Surroundings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StandInIssuerTests {
  private static final KeyRing KEYS = new KeyRing();
  private static final Claims CLAIMS = new Claims("alice", "payments", "acme", Set.of("a", "b"));

  private final StandInIssuer issuer = StandInIssuer.start(KEYS, Surroundings.ofProcess());
  private final TcpProxy proxy = TcpProxy.to(issuer.address());

  StandInIssuerTests() {
    issuer.advertise(URI.create("http://127.0.0.1:" + proxy.port()));
  }

  @AfterEach
  void close() {
    proxy.close();
    issuer.close();
  }

  @Test
  void aRightTokenIsAccepted() throws Exception {
    JWTClaimsSet read = verifier().process(issuer.token(CLAIMS), null);
    assertThat(read.getSubject()).isEqualTo("alice");
    assertThat(read.getStringClaim("tenant")).isEqualTo("acme");
    assertThat(read.getStringClaim("scope")).isEqualTo("a b");
    assertThat(read.getIssuer()).isEqualTo("http://127.0.0.1:" + proxy.port());
  }

  @ParameterizedTest
  @EnumSource(Mutant.class)
  void everyMutantIsRefused(Mutant mutant) throws Exception {
    var verifier = verifier();
    assertThatCode(() -> verifier.process(issuer.token(CLAIMS), null)).doesNotThrowAnyException();
    assertThatThrownBy(() -> verifier.process(issuer.mutant(mutant, CLAIMS), null))
        .hasMessageMatching(
            switch (mutant) {
              case EXPIRED -> "Expired JWT";
              case NOT_YET_VALID -> "JWT before use time";
              case WRONG_AUDIENCE -> "JWT aud claim rejected";
              case WRONG_ISSUER -> "JWT iss claim value rejected";
              case WRONG_KEY, FLIPPED_BIT -> ".*Invalid signature";
              case ALG_NONE -> "Unsecured \\(plain\\) JWTs are rejected, .*";
              case HS256_WITH_PUBLIC_KEY, UNKNOWN_KID -> ".*no matching key.*";
            });
  }

  @Test
  void whatMutantsAreMadeOfIsRightApartFromOneThing() throws Exception {
    var lenient = new DefaultJWTProcessor<SecurityContext>();
    lenient.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, published()));
    lenient.setJWTClaimsSetVerifier((_, _) -> {});
    for (Mutant mutant :
        Set.of(Mutant.EXPIRED, Mutant.NOT_YET_VALID, Mutant.WRONG_AUDIENCE, Mutant.WRONG_ISSUER)) {
      assertThat(lenient.process(issuer.mutant(mutant, CLAIMS), null).getSubject())
          .isEqualTo("alice");
    }
  }

  @Test
  void aVerifierThatTakesThePublicKeyForASecretAcceptsTheMutantMadeForIt() throws Exception {
    SignedJWT mutant = SignedJWT.parse(issuer.mutant(Mutant.HS256_WITH_PUBLIC_KEY, CLAIMS));
    String encoded =
        Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(
                JWKSet.parse(issuer.publicKeys())
                    .getKeys()
                    .getFirst()
                    .toRSAKey()
                    .toRSAPublicKey()
                    .getEncoded());
    String pem = "-----BEGIN PUBLIC KEY-----\n" + encoded + "\n-----END PUBLIC KEY-----\n";
    assertThat(mutant.verify(new MACVerifier(pem))).isTrue();
  }

  @Test
  void rotatedKeysArePublishedBesideTheFormerOnesUntilTheseAreWithdrawn() throws Exception {
    String former = issuer.token(CLAIMS);
    issuer.rotate();
    assertThatCode(() -> verifier().process(former, null)).doesNotThrowAnyException();
    assertThatCode(() -> verifier().process(issuer.token(CLAIMS), null)).doesNotThrowAnyException();
    issuer.withdrawFormerKeys();
    assertThatThrownBy(() -> verifier().process(former, null)).hasMessageContaining("no matching");
    assertThatCode(() -> verifier().process(issuer.token(CLAIMS), null)).doesNotThrowAnyException();
  }

  @Test
  void tokensAreGivenByClientCredentialsThroughTheAddressOfTheProxy() throws Exception {
    Client client =
        Client.service(
            "mail", new Client.Rights.Fixed("mail", "payments", "acme", Set.of("payments:read")));
    issuer.register(client);
    JsonNode discovery = JsonMapper.shared().readTree(fetch("/.well-known/openid-configuration"));
    assertThat(discovery.get("issuer").asString()).isEqualTo(issuer.url().toString());
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(discovery.get("token_endpoint").asString()))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "grant_type=client_credentials&client_id=mail&client_secret="
                        + client.secret()))
            .build();
    String answer = send(request);
    String token = JsonMapper.shared().readTree(answer).get("access_token").asString();
    assertThat(verifier().process(token, null).getSubject()).isEqualTo("mail");
    assertThat(issuer.fetches())
        .extracting(fetch -> fetch.method() + " " + fetch.path())
        .containsExactly("GET /.well-known/openid-configuration", "POST /token", "GET /jwks");
    assertThat(proxy.traffic().returned()).isPositive();
  }

  private DefaultJWTProcessor<SecurityContext> verifier() throws Exception {
    var processor = new DefaultJWTProcessor<SecurityContext>();
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, published()));
    processor.setJWTClaimsSetVerifier(
        new DefaultJWTClaimsVerifier<>(
            "payments",
            new JWTClaimsSet.Builder().issuer(issuer.url().toString()).build(),
            Set.of("exp", "nbf", "sub")));
    return processor;
  }

  private JWKSource<SecurityContext> published() throws IOException {
    return JWKSourceBuilder.<SecurityContext>create(URI.create(issuer.url() + "/jwks").toURL())
        .build();
  }

  private String fetch(String path) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(issuer.url() + path)).build());
  }

  private static String send(HttpRequest request) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      return response.body();
    }
  }
}
