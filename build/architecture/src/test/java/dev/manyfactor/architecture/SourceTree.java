package dev.manyfactor.architecture;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// The rules over files as text.
final class SourceTree {
  /// Longer than this, a file tells more than one story.
  static final int MOST_LINES = 500;

  /// Folders of somebody's machine. Written so that this file does not match itself.
  private static final Pattern MACHINE_PATHS =
      Pattern.compile("/(?:work|farm|root|home/[a-z]+|Users/[a-z]+|tmp/bash_jobs)/");

  /// Hosts of package registries, which each user's own configuration names.
  private static final Pattern REGISTRIES =
      Pattern.compile(
          "repo1?[.]maven[.]|registry[.]npmjs|deb[.]debian|files[.]pythonhosted|proxy[.]golang");

  private SourceTree() {}

  /// The lines of one file that name a machine's folder or a registry's host, as `file:line text`.
  static List<String> foreignNames(String file, String text) {
    List<String> lines = text.lines().toList();
    return IntStream.range(0, lines.size())
        .filter(index ->
            MACHINE_PATHS.matcher(lines.get(index)).find()
                || REGISTRIES.matcher(lines.get(index)).find())
        .mapToObj(index -> file + ":" + (index + 1) + " " + lines.get(index).strip())
        .toList();
  }

  /// Whether a Java file has more lines than [#MOST_LINES].
  static boolean isTooLong(String file, String text) {
    return file.endsWith(".java") && text.lines().count() > MOST_LINES;
  }
}
