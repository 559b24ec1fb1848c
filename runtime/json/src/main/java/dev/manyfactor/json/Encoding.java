package dev.manyfactor.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Whether bytes are UTF-8 as RFC 8259 asks: the parser alone would also take UTF-16, UTF-32, a
/// byte order mark and surrogates encoded one by one.
final class Encoding {
  private Encoding() {}

  /// What is wrong with the bytes, or null.
  static @Nullable String fault(byte[] bytes) {
    if ((bytes.length > 0 && bytes[0] <= 0) || (bytes.length > 1 && bytes[1] == 0)) {
      return "line 1, column 1: a document starts with an ASCII character, in UTF-8 and without a byte order mark";
    }
    return isAscii(bytes) || isUtf8(bytes) ? null : "not valid UTF-8";
  }

  private static boolean isAscii(byte[] bytes) {
    for (byte next : bytes) {
      if (next < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException notUtf8) {
      return false;
    }
  }

  /// Whether a text holds half of a surrogate pair.
  static boolean hasLoneSurrogate(String text) {
    for (int at = 0; at < text.length(); at++) {
      char next = text.charAt(at);
      if (Character.isSurrogate(next)) {
        if (Character.isLowSurrogate(next)
            || at + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(at + 1))) {
          return true;
        }
        at++;
      }
    }
    return false;
  }
}
