package dev.manyfactor.fuzz.generate;

import dev.manyfactor.fuzz.contract.Shape;
import java.util.List;

/// Makes strings that keep the rules of a schema. For one thread.
final class Texts {
  private static final int TRIES = 60;
  private static final int LONGEST = 400;
  private static final List<String> CHARACTERS =
      List.of(
          "a",
          "Z",
          "0",
          "7",
          " ",
          "-",
          "_",
          ".",
          "'",
          "\"",
          "\\",
          "/",
          "<",
          "&",
          "%",
          ";",
          "{",
          "$",
          "\t",
          "\n",
          "\r",
          "\u0001",
          "\u007f",
          "\u0085",
          "ä",
          "ß",
          "é",
          "e\u0301",
          "İ",
          "ı",
          "Ω",
          "ж",
          "ש",
          "ع",
          "中",
          "\u200b",
          "\u200f",
          "\u2028",
          "\u2029",
          "\ufeff",
          "\ufffd",
          "\uffff",
          "😀",
          "👩‍👩‍👧",
          "𝒳",
          "\ud83c\uddea\ud83c\uddfa",
          "\udbff\udfff",
          "\ue000");
  private static final List<String> VISIBLE =
      List.of("a", "b", "Z", "0", "7", "-", "_", ".", "~", "!", "\"", "'", "/", "(", ";", "=", "%");

  private final Chance chance;

  Texts(Chance chance) {
    this.chance = chance;
  }

  /// A text that keeps all the rules.
  ///
  /// @throws IllegalStateException if none is found
  String valid(Shape.Words words, Alphabet alphabet) {
    for (int i = 0; i < TRIES; i++) {
      String text = candidate(words, alphabet);
      int length = text.codePointCount(0, text.length());
      if (length >= words.minLength() && length <= words.maxLength() && alphabet.allows(text)) {
        return text;
      }
    }
    throw new IllegalStateException("no text was found for " + words + " in " + alphabet);
  }

  private String candidate(Shape.Words words, Alphabet alphabet) {
    if (!words.choices().isEmpty()) {
      return chance.pick(words.choices());
    }
    if (words.pattern().isPresent()) {
      return Expression.matching(words.pattern().get())
          .between(words.minLength(), words.maxLength(), chance);
    }
    return words
        .format()
        .flatMap(format -> Formats.valid(format, chance, words.maxLength()))
        .orElseGet(() -> marked(words, ofLength(length(words), alphabet)));
  }

  /// Often the shortest or the longest.
  private int length(Shape.Words words) {
    int most = Math.min(words.maxLength(), Math.max(words.minLength(), LONGEST));
    return switch (chance.below(6)) {
      case 0 -> words.minLength();
      case 1 -> words.maxLength() <= 5_000 ? words.maxLength() : words.minLength() + 3;
      case 2 -> chance.between(words.minLength(), most);
      default -> chance.between(words.minLength(), Math.min(most, words.minLength() + 12));
    };
  }

  /// With a word in it that can be found again, where nobody may be told the text.
  static String marked(Shape.Words words, String text) {
    boolean fits =
        words.sensitive() && text.codePointCount(0, text.length()) >= Draft.SENSITIVE.length();
    return fits
        ? Draft.SENSITIVE + text.substring(text.offsetByCodePoints(0, Draft.SENSITIVE.length()))
        : text;
  }

  /// A text of so many code points.
  String ofLength(int length, Alphabet alphabet) {
    List<String> characters = alphabet == Alphabet.HEADER ? VISIBLE : CHARACTERS;
    boolean wild = chance.oneIn(2);
    var text = new StringBuilder();
    int count = 0;
    while (count < length) {
      String next =
          wild ? chance.pick(characters) : String.valueOf((char) chance.between('a', 'z'));
      int size = next.codePointCount(0, next.length());
      if (count + size <= length) {
        text.append(next);
        count += size;
      }
    }
    return text.toString();
  }
}
