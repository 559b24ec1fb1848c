package dev.manyfactor.formation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A command line of a manifest.
///
/// It runs directly where it is nothing but words, and through `sh -c` where it needs a shell:
/// quotes, variables, pipes, several commands.
///
/// @param line as it was written
public record Command(String line) {
  private static final Pattern WORDS_ONLY = Pattern.compile("[\\w./:@%+,=\\- \\t]+");
  private static final Pattern BLANKS = Pattern.compile("[ \\t]+");

  /// Refuses an empty line.
  public Command {
    line = line.strip();
    if (line.isEmpty()) {
      throw new IllegalArgumentException("a command must not be empty");
    }
  }

  /// What to execute, with more arguments at the end.
  public List<String> with(List<String> arguments) {
    List<String> whole = new ArrayList<>();
    if (isWordsOnly()) {
      whole.addAll(BLANKS.splitAsStream(line).toList());
    } else if (arguments.isEmpty()) {
      whole.addAll(List.of("sh", "-c", line));
    } else {
      whole.addAll(List.of("sh", "-c", line + " \"$@\"", "sh"));
    }
    whole.addAll(arguments);
    return whole;
  }

  /// What to execute.
  public List<String> words() {
    return with(List.of());
  }

  private boolean isWordsOnly() {
    String program = BLANKS.split(line, 2)[0];
    return WORDS_ONLY.matcher(line).matches() && !program.contains("=");
  }
}
