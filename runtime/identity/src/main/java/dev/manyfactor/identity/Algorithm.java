package dev.manyfactor.identity;

import com.nimbusds.jose.JWSAlgorithm;

/// The signatures that can be accepted (RFC 7518, section 3.1): public keys only, never `none` and
/// never a shared secret.
public enum Algorithm {
  RS256,
  RS384,
  RS512,
  PS256,
  PS384,
  PS512,
  ES256,
  ES384,
  ES512;

  JWSAlgorithm jws() {
    return JWSAlgorithm.parse(name());
  }
}
