package dev.manyfactor.prover.stage;

import java.security.SecureRandom;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Every secret of a run, so that none reaches a report. Safe on many threads.
final class Secrets {
  private static final String LETTERS =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ23456789";
  private static final int LENGTH = 32;
  private static final int SHORTEST = 6; // what is shorter would mask ordinary words
  private static final SecureRandom RANDOM = new SecureRandom();

  /// One may be the beginning of another.
  private static final Comparator<String> LONGEST_FIRST =
      Comparator.comparingInt(String::length).reversed();

  private final Set<String> values = ConcurrentHashMap.newKeySet();

  /// A new one, remembered.
  String random() {
    StringBuilder text = new StringBuilder(LENGTH);
    for (int index = 0; index < LENGTH; index++) {
      text.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
    }
    add(text.toString());
    return text.toString();
  }

  void add(String value) {
    if (value.length() >= SHORTEST) {
      values.add(value);
    }
  }

  /// A text without them.
  String masked(String text) {
    String result = text;
    for (String value : values.stream().sorted(LONGEST_FIRST).toList()) {
      result = result.replace(value, "•••");
    }
    return result;
  }
}
