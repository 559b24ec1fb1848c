package dev.manyfactor.web;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Names a version of some content (RFC 9110, section 8.8.3).
final class EntityTag {
  private static final int BYTES = 16;
  private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();
  private static final MessageDigest SHA_256 = sha256();
  private static final Pattern TAG = Pattern.compile("(?:W/)?(\"[\\x21\\x23-\\x7e]*\")");

  private EntityTag() {}

  /// The strong tag of these bytes.
  static String of(byte[] body) {
    byte[] digest = copy().digest(body);
    return '"' + TEXT.encodeToString(Arrays.copyOf(digest, BYTES)) + '"';
  }

  /// Whether a text is one tag.
  static boolean isOne(String text) {
    return TAG.matcher(text).matches();
  }

  /// The tag of the same content in another coding; a weak one means every coding.
  static String coded(String tag, String coding) {
    return tag.startsWith("W/") ? tag : tag.substring(0, tag.length() - 1) + '-' + coding + '"';
  }

  /// Whether a list such as that of `If-None-Match` has the tag, be it strong or weak, or is `*`.
  static boolean isIn(String list, String tag) {
    if (list.strip().equals("*")) {
      return true;
    }
    String opaque = tag.startsWith("W/") ? tag.substring(2) : tag;
    Matcher tags = TAG.matcher(list);
    while (tags.find()) {
      if (tags.group(1).equals(opaque)) {
        return true;
      }
    }
    return false;
  }

  /// Looking an algorithm up takes longer than a digest.
  private static MessageDigest copy() {
    try {
      return (MessageDigest) SHA_256.clone();
    } catch (CloneNotSupportedException impossible) {
      return sha256();
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
