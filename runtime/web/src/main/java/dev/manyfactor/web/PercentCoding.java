package dev.manyfactor.web;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Undoes percent-encoding (RFC 3986, section 2.1): strictly, once, and as UTF-8 only.
final class PercentCoding {

  private PercentCoding() {}

  /// The text of a path segment; empty for a broken escape, bytes that are not UTF-8, or U+0000.
  static Optional<String> decodeSegment(String encoded) {
    return encoded.indexOf('%') < 0 ? Optional.of(encoded) : decode(encoded, false);
  }

  /// The text of a name or value in a query, where `+` is a space; empty as for a segment.
  static Optional<String> decodeQuery(String encoded) {
    boolean plain = encoded.indexOf('%') < 0 && encoded.indexOf('+') < 0;
    return plain ? Optional.of(encoded) : decode(encoded, true);
  }

  private static Optional<String> decode(String encoded, boolean plusIsSpace) {
    var bytes = new ByteArrayOutputStream(encoded.length());
    for (int i = 0; i < encoded.length(); i++) {
      char character = encoded.charAt(i);
      if (character == '%') {
        int value = octet(encoded, i + 1);
        if (value <= 0) {
          return Optional.empty();
        }
        bytes.write(value);
        i += 2;
      } else if (character < 0x80) {
        bytes.write(character == '+' && plusIsSpace ? ' ' : character);
      } else {
        return Optional.empty();
      }
    }
    return utf8(bytes.toByteArray());
  }

  /// The octet that two hexadecimal digits spell, or -1.
  private static int octet(String encoded, int at) {
    if (at + 1 >= encoded.length()) {
      return -1;
    }
    int high = hexDigit(encoded.charAt(at));
    int low = hexDigit(encoded.charAt(at + 1));
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  /// Like `Character.digit`, but for ASCII only: a full-width digit is no part of an escape.
  private static int hexDigit(char character) {
    return character < 0x80 ? Character.digit(character, 16) : -1;
  }

  private static Optional<String> utf8(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException notUtf8) {
      return Optional.empty();
    }
  }
}
