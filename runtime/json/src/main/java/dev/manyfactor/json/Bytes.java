package dev.manyfactor.json;

import java.util.Arrays;
import java.util.Base64;

/// Bytes as a value: immutable, equal by content, in JSON a string of base64.
///
/// Its `toString` tells how many there are, never what they are.
public final class Bytes {
  /// None.
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  /// A copy of `content`.
  public static Bytes of(byte... content) {
    return new Bytes(content.clone());
  }

  /// What `text` stands for in base64 (RFC 4648, section 4).
  ///
  /// @throws IllegalArgumentException if it is not written as [#toBase64] would
  public static Bytes fromBase64(String text) {
    Bytes bytes = new Bytes(Base64.getDecoder().decode(text));
    if (!bytes.toBase64().equals(text)) {
      throw new IllegalArgumentException("base64 must be padded and have no bits left over");
    }
    return bytes;
  }

  /// A copy as an array.
  public byte[] toArray() {
    return content.clone();
  }

  /// As base64, with padding.
  public String toBase64() {
    return Base64.getEncoder().encodeToString(content);
  }

  /// How many there are.
  public int size() {
    return content.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return content.length + " bytes";
  }
}
