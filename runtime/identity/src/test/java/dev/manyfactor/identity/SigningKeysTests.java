package dev.manyfactor.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.RSAKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SigningKeysTests {

  @Test
  void aServiceStartsWithoutItsIssuerAndIsReadyOnceTheIssuerIs() {
    try (var issuer = TestIssuer.start()) {
      issuer.stop();
      try (var here = Verifiers.starting(issuer.settings())) {
        Verifiers.until(
            () -> here.verifier.whyNotReady().orElseThrow().contains("refuses connections"));
        assertThat(here.verify(issuer.token())).isInstanceOf(Verification.Unavailable.class);
        assertThat(here.verifier.isReady()).isFalse();
        issuer.startAgain();
        Verifiers.until(here.verifier::isReady);
        here.accepts(issuer.token());
      }
    }
  }

  @Test
  void keysAreKeptWhileTheIssuerIsDown() {
    try (var issuer = TestIssuer.start();
        var here = Verifiers.ready(issuer.settings(Duration.ofSeconds(1)))) {
      issuer.stop();
      here.time.skip(Duration.ofMinutes(1));
      here.rejects(signedWith(TestIssuer.OTHER, issuer)); // makes it notice
      here.accepts(issuer.token());
      assertThat(here.verifier.isReady()).isTrue();
    }
  }

  @Test
  void aNewKeyIsGoodForTheFirstTokenSignedWithIt() {
    try (var issuer = TestIssuer.start();
        var here = Verifiers.ready(issuer.settings())) {
      issuer.published = List.of(TestIssuer.KEY, TestIssuer.OTHER);
      here.accepts(signedWith(TestIssuer.OTHER, issuer));
      here.accepts(issuer.token());
      assertThat(issuer.keyFetches()).isEqualTo(2);
    }
  }

  @Test
  void aKeyThatIsWithdrawnIsGoodForNothingAfterTheNextFetch() {
    try (var issuer = TestIssuer.start();
        var here = Verifiers.ready(issuer.settings(Duration.ofSeconds(1)))) {
      String token = issuer.token();
      here.accepts(token);
      issuer.published = List.of(TestIssuer.OTHER);
      Verifiers.until(() -> here.verify(token) instanceof Verification.Rejected);
      here.accepts(signedWith(TestIssuer.OTHER, issuer));
    }
  }

  @Test
  void aFloodOfInventedKeysCausesOneFetchInTenSeconds() throws InterruptedException {
    try (var issuer = TestIssuer.start();
        var here = Verifiers.ready(issuer.settings())) {
      flood(here, issuer);
      assertThat(issuer.keyFetches()).isEqualTo(2); // the first at the start
      here.time.skip(Duration.ofSeconds(3));
      flood(here, issuer);
      assertThat(issuer.keyFetches()).isEqualTo(2);
      here.time.skip(Duration.ofSeconds(10));
      flood(here, issuer);
      assertThat(issuer.keyFetches()).isEqualTo(3);
    }
  }

  private static void flood(Verifiers here, TestIssuer issuer) {
    var header = new JWSHeader.Builder(JWSAlgorithm.RS256);
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      IntStream.range(0, 50)
          .forEach(number ->
              callers.execute(() ->
                  here.rejects(
                      TestIssuer.signed(
                          header.keyID("invented-" + number).build(),
                          issuer.claims().build(),
                          TestIssuer.OTHER))));
    }
  }

  @Test
  void anIssuerThatCallsItselfOtherwiseIsNotBelieved() {
    try (var issuer = TestIssuer.start()) {
      issuer.name = "https://evil.example.com";
      try (var here = Verifiers.starting(issuer.settings())) {
        Verifiers.until(() ->
            here.verifier
                .whyNotReady()
                .orElseThrow()
                .contains("calls itself \"https://evil.example.com\""));
        assertThat(issuer.keyFetches()).isZero();
      }
    }
  }

  @Test
  void keysAreNotFetchedWhereSomebodyCouldChangeThem() {
    try (var issuer = TestIssuer.start()) {
      issuer.keysAddress = "http://keys.example.com/jwks";
      try (var here = Verifiers.starting(issuer.settings())) {
        Verifiers.until(
            () -> here.verifier.whyNotReady().orElseThrow().contains("which is not https"));
      }
    }
  }

  @Test
  void keysMayBeBehindAQuery() {
    try (var issuer = TestIssuer.start()) {
      issuer.keysAddress = issuer.url() + "/jwks?policy=b2c%20x&v";
      try (var here = Verifiers.ready(issuer.settings())) {
        here.accepts(issuer.token());
      }
    }
  }

  @Test
  void aKeyThatIsTooWeakIsNotUsed() {
    RSAKey weak = TestIssuer.weak();
    try (var issuer = TestIssuer.start()) {
      issuer.published = List.of(weak, TestIssuer.CURVE);
      try (var here = Verifiers.ready(issuer.settings())) {
        here.rejects(signedWith(weak, issuer));
        here.accepts(TestIssuer.signed(issuer.claims().build(), TestIssuer.CURVE));
      }
    }
  }

  @Test
  void aTokenSeenBeforeIsGoodOnlyUntilItExpires() {
    try (var issuer = TestIssuer.start();
        var here = Verifiers.ready(issuer.settings())) {
      String token = issuer.token();
      here.accepts(token);
      here.accepts(token);
      here.time.skip(Duration.ofSeconds(300 + 61));
      assertThat(here.verify(token))
          .isInstanceOfSatisfying(
              Verification.Rejected.class,
              rejected -> assertThat(rejected.description()).isEqualTo("the token has expired"));
    }
  }

  private static String signedWith(RSAKey key, TestIssuer issuer) {
    return TestIssuer.signed(issuer.claims().build(), key);
  }
}
