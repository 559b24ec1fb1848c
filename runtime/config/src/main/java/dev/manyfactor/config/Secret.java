package dev.manyfactor.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/// A text that must not be seen: a password, a token, a key.
///
/// It cannot be printed by accident: its text form is a mask and it cannot be serialized. Comparing
/// takes the same time wherever two secrets of one length differ. Immutable.
public final class Secret {

  /// What stands in the place of a secret wherever values are shown.
  public static final String MASK = "(secret)";

  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /// A secret of at least one character.
  ///
  /// @throws IllegalArgumentException if `value` is empty
  public static Secret of(String value) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("a secret must not be empty");
    }
    return new Secret(value);
  }

  /// The text itself. Call it at the last moment and keep no copy: a secret may be swapped.
  public String reveal() {
    return value;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Secret secret && MessageDigest.isEqual(bytes(), secret.bytes());
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  /// The mask, whatever the value.
  @Override
  public String toString() {
    return MASK;
  }

  private byte[] bytes() {
    return value.getBytes(StandardCharsets.UTF_8);
  }
}
