package dev.manyfactor.fuzz.generate;

import dev.manyfactor.fuzz.contract.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/// A way to make a text that breaks one rule of a schema of strings.
///
/// @param name of the way
record BrokenText(String name, Function<Chance, String> maker) {
  private static final int LONGEST = 20_000;
  private static final Pattern MAY_END_A_LINE = Pattern.compile("\\[\\^|(?<!\\\\)\\.|\\\\[sSWD]");

  String make(Chance chance) {
    return maker.apply(chance);
  }

  /// Every way that there is for these rules.
  static List<BrokenText> of(Shape.Words words, Texts texts) {
    var ways = new ArrayList<BrokenText>();
    if (!words.choices().isEmpty()) {
      String first = words.choices().getFirst();
      ways.add(
          new BrokenText(
              "no-choice",
              chance ->
                  chance.pick(
                      noneOf(
                          words,
                          first + "x",
                          " " + first,
                          flipped(first),
                          "",
                          "null",
                          first + "\n"))));
      return ways;
    }
    if (words.minLength() > 0) {
      ways.add(
          new BrokenText(
              "too-short",
              _ -> Texts.marked(words, texts.ofLength(words.minLength() - 1, Alphabet.ANY))));
    }
    if (words.maxLength() < LONGEST) {
      ways.add(
          new BrokenText(
              "too-long",
              _ -> Texts.marked(words, texts.ofLength(words.maxLength() + 1, Alphabet.ANY))));
    }
    words.pattern().ifPresent(pattern -> patterns(pattern, words, texts, ways));
    if (words.pattern().isEmpty()) {
      words
          .format()
          .map(Formats::broken)
          .filter(it -> !it.isEmpty())
          .ifPresent(
              broken -> ways.add(new BrokenText("format-break", chance -> chance.pick(broken))));
    }
    return ways;
  }

  private static void patterns(
      String pattern, Shape.Words words, Texts texts, List<BrokenText> ways) {
    int least = Math.max(1, words.minLength());
    Expression.notMatching(pattern)
        .filter(it -> it.shortest() <= least)
        .ifPresent(expression ->
            ways.add(
                new BrokenText(
                    "pattern-break",
                    chance -> expression.between(least, words.maxLength(), chance))));
    if (pattern.startsWith("^")
        && pattern.endsWith("$")
        && !MAY_END_A_LINE.matcher(pattern).find()) {
      ways.add(new BrokenText("pattern-then-newline", _ -> withNewline(words, texts)));
    }
  }

  /// Java's `$` matches before a line break at the end, that of ECMA-262 does not.
  private static String withNewline(Shape.Words words, Texts texts) {
    String text = texts.valid(words, Alphabet.ANY);
    return text + "\n";
  }

  private static List<String> noneOf(Shape.Words words, String... texts) {
    return List.of(texts).stream().filter(text -> !words.choices().contains(text)).toList();
  }

  private static String flipped(String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    return upper.equals(text) ? text.toLowerCase(Locale.ROOT) + "_" : upper;
  }
}
