package dev.manyfactor.idempotency;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// A digest of everything that makes two requests the same request. Immutable.
public final class Fingerprint {
  private final byte[] sha256;

  private Fingerprint(byte[] sha256) {
    this.sha256 = sha256;
  }

  /// The digest of a body and of the facts beside it: operation, path parameters, query and content
  /// type. The order of the facts counts, and so does where one ends.
  public static Fingerprint of(byte[] body, String... facts) {
    MessageDigest digest = sha256();
    for (String fact : facts) {
      add(digest, fact.getBytes(StandardCharsets.UTF_8));
    }
    add(digest, body);
    return new Fingerprint(digest.digest());
  }

  byte[] bytes() {
    return sha256.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Fingerprint print && MessageDigest.isEqual(sha256, print.sha256);
  }

  @Override
  public int hashCode() {
    return ByteBuffer.wrap(sha256).getInt();
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(sha256, 0, 8);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  private static void add(MessageDigest digest, byte[] part) {
    digest.update(ByteBuffer.allocate(4).putInt(part.length).flip());
    digest.update(part);
  }
}
