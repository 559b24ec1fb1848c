package dev.manyfactor.journey;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The steps of the guide to a first service, in the order in which they stand there.
///
/// A block of `sh` is typed. A block of another language is the content of a file, which is named
/// in backquotes, with a colon behind, at the end of the paragraph before. A block without a
/// language is what the reader sees.
final class FirstServiceGuide {
  private static final Pattern BLOCK = Pattern.compile("(?m)^```(\\w*)\\n((?s).*?)^```");
  private static final Pattern FILE = Pattern.compile("`([^`\\s]+)`:\\s*$");

  private FirstServiceGuide() {}

  /// One thing to do.
  sealed interface Step {
    /// Write this file.
    record Write(String file, String content) implements Step {}

    /// Type these lines.
    record Type(String lines) implements Step {}
  }

  static List<Step> steps() {
    String text = Tree.text(Tree.ROOT.resolve("docs/guides/first-service.md"));
    List<Step> steps = new ArrayList<>();
    for (MatchResult block : BLOCK.matcher(text).results().toList()) {
      switch (block.group(1)) {
        case "" -> {} // what the reader sees
        case "sh" -> steps.add(new Step.Type(block.group(2)));
        default -> steps.add(new Step.Write(fileBefore(text, block), block.group(2)));
      }
    }
    return steps;
  }

  private static String fileBefore(String text, MatchResult block) {
    var file = FILE.matcher(text.substring(0, block.start()));
    if (!file.find()) {
      throw new AssertionError("no file is named before\n" + block.group());
    }
    return file.group(1);
  }
}
