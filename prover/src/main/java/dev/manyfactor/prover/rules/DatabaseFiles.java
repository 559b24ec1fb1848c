package dev.manyfactor.prover.rules;

import dev.manyfactor.prover.trial.Running;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The files of an engine inside a process, recognised by the endings that engines give them.
final class DatabaseFiles {
  private static final Pattern ENDING =
      Pattern.compile(
          "(?i).+\\.(db|db3|sqlite|sqlite3|mv\\.db|h2\\.db|duckdb|mdb|realm)(-wal|-journal|-shm)?");

  private DatabaseFiles() {}

  /// Those that a process or one of its children could write to.
  static Set<String> openIn(Running running) {
    return running.process().openForWriting().stream()
        .map(Path::toString)
        .filter(path -> ENDING.matcher(path).matches())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
