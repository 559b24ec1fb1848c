package dev.manyfactor.formation;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;

/// The RSA key that tokens are signed with (RS256, 2048 bits). Making one takes about 0.2 s.
public final class SigningKey {
  private static final int BITS = 2048;

  private final RSAKey key;
  private final RSASSASigner signer;

  private SigningKey(RSAKey key) throws JOSEException {
    this.key = key;
    this.signer = new RSASSASigner(key);
  }

  /// A new key.
  public static SigningKey generate() {
    try {
      return new SigningKey(
          new RSAKeyGenerator(BITS)
              .keyUse(KeyUse.SIGNATURE)
              .algorithm(JWSAlgorithm.RS256)
              .keyIDFromThumbprint(true)
              .generate());
    } catch (JOSEException impossible) {
      throw new IllegalStateException("this JDK cannot make an RSA key", impossible);
    }
  }

  /// The key that [#json()] wrote.
  static SigningKey parse(String json) throws ParseException {
    try {
      return new SigningKey(RSAKey.parse(json));
    } catch (JOSEException unusable) {
      throw (ParseException) new ParseException("not a private RSA key", 0).initCause(unusable);
    }
  }

  /// The whole key, private part included: for a private file only.
  String json() {
    return key.toJSONString();
  }

  /// What everybody may know, as a JSON Web Key Set.
  String publicKeys() {
    return new JWKSet(key).toString(true);
  }

  /// The key without its private part.
  public RSAKey publicKey() {
    return key.toPublicJWK();
  }

  /// The claims as a signed token in its compact form.
  public String sign(JWTClaimsSet claims) {
    return sign(claims, key.getKeyID());
  }

  /// The claims as a signed token that names a key, which need not be this one.
  public String sign(JWTClaimsSet claims, String keyId) {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.RS256).type(JOSEObjectType.JWT).keyID(keyId).build();
    SignedJWT token = new SignedJWT(header, claims);
    try {
      token.sign(signer);
    } catch (JOSEException impossible) {
      throw new IllegalStateException("the key does not sign", impossible);
    }
    return token.serialize();
  }
}
