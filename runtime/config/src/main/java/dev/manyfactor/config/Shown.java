package dev.manyfactor.config;

import java.util.regex.Pattern;

/// How a text that is no secret is shown to a person: on one line, and not too long.
///
/// A password that strayed into an address which is not declared as a secret is left out.
final class Shown {
  private static final int LONGEST_VALUE = 80;
  private static final int LONGEST_SENTENCE = 400;
  private static final Pattern USER_INFO = Pattern.compile("://[^/@\\s]*@");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private Shown() {}

  /// A value, in quotation marks.
  static String text(String value) {
    return '"' + line(value, LONGEST_VALUE) + '"';
  }

  /// What somebody else said about a value.
  static String sentence(String words) {
    return line(words, LONGEST_SENTENCE);
  }

  static String withoutUserInfo(String value) {
    return USER_INFO.matcher(value).replaceAll("://***@");
  }

  private static String line(String text, int longest) {
    String line = CONTROL.matcher(withoutUserInfo(text)).replaceAll("?");
    return line.length() > longest ? line.substring(0, longest) + "…" : line;
  }
}
