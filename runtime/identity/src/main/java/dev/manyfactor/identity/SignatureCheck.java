package dev.manyfactor.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.SignedJWT;
import java.security.PublicKey;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Whether one of the issuer's keys has signed a token, with an algorithm that is allowed.
///
/// Keys come from the issuer only, never from the token (`jwk`, `jku`, `x5u` are not looked at).
/// Immutable, safe on many threads.
final class SignatureCheck {
  /// A plain token and one of RFC 9068; absent is what many providers send.
  private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");

  private final Set<JWSAlgorithm> algorithms;

  SignatureCheck(List<Algorithm> algorithms) {
    this.algorithms =
        algorithms.stream().map(Algorithm::jws).collect(Collectors.toUnmodifiableSet());
  }

  /// What the check found.
  sealed interface Result {
    /// The signature is the issuer's.
    record Genuine() implements Result {}

    /// None of the keys can have signed it; a newer set may have one that did.
    record NoSuchKey(String detail) implements Result {}

    /// It is not to be trusted.
    record Bad(String detail) implements Result {}
  }

  Result check(SignedJWT token, KeySet keys) {
    JWSHeader header = token.getHeader();
    if (!algorithms.contains(header.getAlgorithm())) {
      return new Result.Bad(
          "the algorithm %s is not one of OIDC_ALGORITHMS"
              .formatted(Shown.quoted(header.getAlgorithm().getName())));
    }
    if (header.getType() != null
        && !TYPES.contains(header.getType().getType().toLowerCase(Locale.ROOT))) {
      return new Result.Bad(
          "the type %s is not that of an access token"
              .formatted(Shown.quoted(header.getType().getType())));
    }
    if (!isCanonical(token.getSignature())) {
      return new Result.Bad("the signature is not written as base64url writes it");
    }
    return verify(token, keys.matching(JWKMatcher.forJWSHeader(header)));
  }

  private static Result verify(SignedJWT token, List<JWK> candidates) {
    String keyId = token.getHeader().getKeyID();
    for (JWK key : candidates) {
      if (isSignedWith(key, token)) {
        return new Result.Genuine();
      }
    }
    if (keyId == null) {
      return new Result.NoSuchKey("no key of the issuer fits a token that names none");
    }
    return candidates.isEmpty()
        ? new Result.NoSuchKey("the issuer has no key " + Shown.quoted(keyId))
        : new Result.Bad("the signature was not made with the key " + Shown.quoted(keyId));
  }

  private static boolean isSignedWith(JWK key, SignedJWT token) {
    try {
      PublicKey publicKey = ((AsymmetricJWK) key).toPublicKey();
      JWSVerifier verifier =
          new DefaultJWSVerifierFactory().createJWSVerifier(token.getHeader(), publicKey);
      return token.verify(verifier);
    } catch (JOSEException unfit) {
      return false;
    }
  }

  /// Whether these are the only characters that mean these bytes, so that one token has one form.
  private static boolean isCanonical(Base64URL signature) {
    return Base64URL.encode(signature.decode()).equals(signature);
  }
}
