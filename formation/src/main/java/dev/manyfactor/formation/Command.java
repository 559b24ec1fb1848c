package dev.manyfactor.formation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// A command line of a manifest.
///
/// It runs directly where it is nothing but words, and through `sh -c` where it needs a shell:
/// quotes, variables, pipes, several commands, `exec`.
///
/// @param line as it was written
/// @param archive the classes that the program it starts, a JVM, finds there if it is there by
///   then; not for what needs a shell
/// @param brief whether that JVM will not run for long, and so compiles only a little
public record Command(String line, Optional<ClassArchive> archive, boolean brief) {
  private static final String LITTLE_COMPILED = "-XX:TieredStopAtLevel=1";

  private static final Pattern WORDS_ONLY = Pattern.compile("[\\w./:@%+,=\\- \\t]+");
  private static final Pattern BLANKS = Pattern.compile("[ \\t]+");
  private static final Pattern ASSIGNMENT = Pattern.compile("\\w+=[\\w./:@%+,=-]*");
  private static final Pattern PROGRAM = Pattern.compile("[\\w./+-]+");

  /// What only a shell can do.
  private static final Set<String> ONLY_IN_A_SHELL =
      Set.of(
          ".",
          "alias",
          "case",
          "cd",
          "command",
          "eval",
          "exec",
          "exit",
          "export",
          "for",
          "getopts",
          "hash",
          "if",
          "local",
          "read",
          "readonly",
          "set",
          "shift",
          "source",
          "times",
          "trap",
          "type",
          "ulimit",
          "umask",
          "unset",
          "until",
          "wait",
          "while");

  /// What the shell can do itself although there are programs of the same name.
  private static final Set<String> ALSO_IN_A_SHELL =
      Set.of("[", "echo", "false", "kill", "printf", "pwd", "test", "true");

  /// Refuses an empty line.
  public Command {
    line = line.strip();
    if (line.isEmpty()) {
      throw new IllegalArgumentException("a command must not be empty");
    }
  }

  /// A command as it was written.
  public Command(String line) {
    this(line, Optional.empty());
  }

  /// A command that a service has by default.
  Command(String line, Optional<ClassArchive> archive) {
    this(line, archive, false);
  }

  /// The same for a process that will not run for long. It makes a difference only where the
  /// command is the one that a Java service has by default.
  public Command briefly() {
    return new Command(line, archive, true);
  }

  /// The same with more words at the end of the line.
  public Command followedBy(String words) {
    return new Command(line + " " + words, archive, brief);
  }

  /// What to execute from now on, with more arguments at the end.
  public List<String> with(List<String> arguments) {
    List<String> whole = new ArrayList<>();
    if (isWordsOnly()) {
      whole.addAll(BLANKS.splitAsStream(line).toList());
      whole.addAll(1, options());
    } else if (arguments.isEmpty()) {
      whole.addAll(List.of("sh", "-c", line));
    } else {
      whole.addAll(List.of("sh", "-c", line + " \"$@\"", "sh"));
    }
    whole.addAll(arguments);
    return whole;
  }

  private List<String> options() {
    List<String> options = new ArrayList<>();
    archive.map(ClassArchive::options).ifPresent(options::addAll);
    if (brief && archive.isPresent()) {
      options.add(LITTLE_COMPILED);
    }
    return options;
  }

  /// What to execute from now on.
  public List<String> words() {
    return with(List.of());
  }

  /// The program that the line starts, as far as that can be told without being a shell; empty for
  /// what a shell does itself, and where the line changes the path.
  Optional<String> program() {
    for (String word : BLANKS.splitAsStream(line).toList()) {
      if (!ASSIGNMENT.matcher(word).matches() && !word.equals("exec")) {
        return PROGRAM.matcher(word).matches()
                && !ONLY_IN_A_SHELL.contains(word)
                && !ALSO_IN_A_SHELL.contains(word)
            ? Optional.of(word)
            : Optional.empty();
      }
      if (word.startsWith("PATH=")) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private boolean isWordsOnly() {
    String program = BLANKS.split(line, 2)[0];
    return WORDS_ONLY.matcher(line).matches()
        && !program.contains("=")
        && !ONLY_IN_A_SHELL.contains(program);
  }
}
