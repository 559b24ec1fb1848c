package dev.manyfactor.fuzz.generate;

import java.util.Optional;
import org.cornutum.regexpgen.RandomGen;
import org.cornutum.regexpgen.RegExpGen;
import org.cornutum.regexpgen.RegExpGenBuilder;
import org.cornutum.regexpgen.js.Provider;

/// Texts that a regular expression of ECMA-262 matches, or does not.
record Expression(RegExpGen texts) {
  private static final int LONGER = 20;

  /// The texts in which the expression is found.
  static Expression matching(String pattern) {
    return new Expression(builder().matching(pattern));
  }

  /// The texts in which it is not found; empty if there are none.
  static Optional<Expression> notMatching(String pattern) {
    return builder().notMatching(pattern).map(Expression::new);
  }

  private static RegExpGenBuilder builder() {
    return RegExpGenBuilder.generateRegExp(Provider.forEcmaScript());
  }

  /// A text with a length between two, or of the shortest length there is.
  String between(int least, int most, Chance chance) {
    RandomGen choices = (from, to) -> from + chance.below(to - from);
    int shortest = Math.max(least, texts.getMinLength());
    int longest = Math.min(Math.min(texts.getMaxLength(), most), shortest + LONGER);
    return texts.generate(choices, shortest, Math.max(shortest, longest));
  }

  int shortest() {
    return texts.getMinLength();
  }
}
