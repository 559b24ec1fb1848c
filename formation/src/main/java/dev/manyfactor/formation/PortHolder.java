package dev.manyfactor.formation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Who listens on a port, as far as Linux tells this user: the table of sockets and the open files
/// of processes.
///
/// @param pid the process
/// @param command its program and what that runs; no options, which may hold secrets
record PortHolder(long pid, String command) {
  private static final Path PROC = Path.of("/proc");
  private static final String LISTENING = "0A";
  private static final int ADDRESS_FIELD = 1;
  private static final int STATE_FIELD = 3;
  private static final int INODE_FIELD = 9;

  /// The listener on `port`; empty where the system does not tell.
  static Optional<PortHolder> of(int port) {
    Set<String> sockets =
        Stream.of("tcp", "tcp6")
            .flatMap(table -> lines(PROC.resolve("net").resolve(table)).stream())
            .flatMap(line -> listeningSocket(line, port).stream())
            .collect(Collectors.toSet());
    if (sockets.isEmpty()) {
      return Optional.empty();
    }
    return ProcessHandle.allProcesses()
        .filter(process -> holds(process.pid(), sockets))
        .findFirst()
        .map(process -> new PortHolder(process.pid(), commandOf(process.pid())));
  }

  @Override
  public String toString() {
    return "process %d (%s)".formatted(pid, command);
  }

  private static Optional<String> listeningSocket(String line, int port) {
    String[] fields = line.trim().split("\\s+", -1);
    return fields.length > INODE_FIELD
            && fields[STATE_FIELD].equals(LISTENING)
            && fields[ADDRESS_FIELD].endsWith(":%04X".formatted(port))
        ? Optional.of("socket:[" + fields[INODE_FIELD] + "]")
        : Optional.empty();
  }

  private static boolean holds(long pid, Set<String> sockets) {
    try (Stream<Path> open = Files.list(PROC.resolve(pid + "/fd"))) {
      return open.anyMatch(file -> sockets.contains(target(file)));
    } catch (IOException | UncheckedIOException notOurs) {
      return false;
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException gone) {
      return "";
    }
  }

  private static String commandOf(long pid) {
    try {
      List<String> words =
          List.of(Files.readString(PROC.resolve(pid + "/cmdline")).split("\0", -1));
      String program = String.valueOf(Path.of(words.getFirst()).getFileName());
      return words.stream()
          .skip(1)
          .filter(word -> !word.isEmpty() && !word.startsWith("-"))
          .findFirst()
          .map(subject -> program + " " + subject)
          .orElse(program);
    } catch (IOException | InvalidPathException gone) {
      return "unknown";
    }
  }

  private static List<String> lines(Path table) {
    try {
      return Files.readAllLines(table);
    } catch (IOException notLinux) {
      return List.of();
    }
  }
}
