package dev.manyfactor.fuzz.document;

import java.nio.charset.StandardCharsets;

/// Bytes as they are sent or came. The array is not copied and must not be changed.
public final class Octets {
  /// None.
  public static final Octets NONE = new Octets(new byte[0]);

  private final byte[] array;

  private Octets(byte[] array) {
    this.array = array;
  }

  /// These bytes.
  public static Octets of(byte[] array) {
    return new Octets(array);
  }

  /// The bytes themselves.
  public byte[] array() {
    return array;
  }

  /// How many there are.
  public int size() {
    return array.length;
  }

  /// As UTF-8.
  public String text() {
    return new String(array, StandardCharsets.UTF_8);
  }
}
