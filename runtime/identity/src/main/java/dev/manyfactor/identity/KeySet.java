package dev.manyfactor.identity;

import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.util.List;

/// The public keys that may verify a token, as an issuer published them at one time. Immutable.
///
/// @param generation counts the times the keys have changed, from 1
/// @param keys RSA from 2048 bits, and elliptic curves; for signatures or without a stated use
record KeySet(long generation, List<JWK> keys) {
  private static final int MOST_KEYS = 100;
  private static final int FEWEST_RSA_BITS = 2048;

  /// What is usable of `published`: no shared secret, no key for encryption, no weak one.
  static List<JWK> usable(JWKSet published) {
    return published.toPublicJWKSet().getKeys().stream()
        .filter(AsymmetricJWK.class::isInstance)
        .filter(key -> key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE))
        .filter(key -> !(key instanceof RSAKey) || key.size() >= FEWEST_RSA_BITS)
        .limit(MOST_KEYS)
        .toList();
  }

  /// The keys that can have made a signature.
  List<JWK> matching(JWKMatcher matcher) {
    return new JWKSelector(matcher).select(new JWKSet(keys));
  }
}
