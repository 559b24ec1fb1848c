package dev.manyfactor.prover.standin;

/// What is wrong with a token that must be refused. All else in it is right.
public enum Mutant {
  /// Its `exp` was an hour ago.
  EXPIRED,
  /// Its `nbf` is in an hour.
  NOT_YET_VALID,
  /// Its `aud` names another service.
  WRONG_AUDIENCE,
  /// Its `iss` names another issuer, whose address begins as the right one does.
  WRONG_ISSUER,
  /// A key that nobody published signed it, and it names the right key.
  WRONG_KEY,
  /// Its `alg` is `none`, and it has no signature.
  ALG_NONE,
  /// Its `alg` is `HS256`, and the secret is the text of the public key.
  HS256_WITH_PUBLIC_KEY,
  /// A key that nobody published signed it, and it names that key.
  UNKNOWN_KID,
  /// One bit of its signature is another.
  FLIPPED_BIT
}
