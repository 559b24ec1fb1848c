package dev.manyfactor.web;

import dev.manyfactor.json.Bytes;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// A SHA-256 in the making.
final class Sha256 {
  private final MessageDigest digest;

  Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  /// Goes on with these bytes, and leaves `bytes` where it stands.
  void update(ByteBuffer bytes) {
    digest.update(bytes.duplicate());
  }

  /// Goes on with one of several values; where it ends counts too.
  void add(byte... value) {
    digest.update(ByteBuffer.allocate(4).putInt(value.length).flip());
    digest.update(value);
  }

  Bytes end() {
    return Bytes.of(digest.digest());
  }
}
