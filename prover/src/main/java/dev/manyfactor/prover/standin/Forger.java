package dev.manyfactor.prover.standin;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.manyfactor.formation.Claims;
import dev.manyfactor.formation.SigningKey;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/// Makes tokens with one thing wrong.
///
/// @param issuer the right issuer
/// @param key the right key
/// @param foreign a key that nobody published
record Forger(URI issuer, SigningKey key, SigningKey foreign) {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int LINE = 64;

  /// A token that must be refused.
  String forge(Mutant mutant, Claims claims, Instant now) {
    JWTClaimsSet right = claims.issued(issuer, now, now.plus(HOUR));
    return switch (mutant) {
      case EXPIRED ->
          key.sign(claims.issued(issuer, now.minus(HOUR.multipliedBy(2)), now.minus(HOUR)));
      case NOT_YET_VALID ->
          key.sign(claims.issued(issuer, now.plus(HOUR), now.plus(HOUR.multipliedBy(2))));
      case WRONG_AUDIENCE ->
          key.sign(new JWTClaimsSet.Builder(right).audience("not-" + claims.audience()).build());
      case WRONG_ISSUER ->
          key.sign(new JWTClaimsSet.Builder(right).issuer(issuer + "/other").build());
      case WRONG_KEY -> foreign.sign(right, key.publicKey().getKeyID());
      case ALG_NONE -> new PlainJWT(right).serialize();
      case HS256_WITH_PUBLIC_KEY -> signedWithPublicKey(right);
      case UNKNOWN_KID -> foreign.sign(right);
      case FLIPPED_BIT -> flipped(key.sign(right));
    };
  }

  private String signedWithPublicKey(JWTClaimsSet claims) {
    try {
      String text =
          "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
              .formatted(
                  Base64.getMimeEncoder(LINE, new byte[] {'\n'})
                      .encodeToString(key.publicKey().toRSAPublicKey().getEncoded()));
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(key.publicKey().getKeyID()).build(),
              claims);
      token.sign(new MACSigner(text.getBytes(StandardCharsets.US_ASCII)));
      return token.serialize();
    } catch (JOSEException impossible) {
      throw new IllegalStateException("a public key cannot be used as a secret", impossible);
    }
  }

  private static String flipped(String token) {
    int signature = token.lastIndexOf('.') + 1;
    byte[] bytes = Base64.getUrlDecoder().decode(token.substring(signature));
    bytes[bytes.length / 2] ^= 1;
    return token.substring(0, signature)
        + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
