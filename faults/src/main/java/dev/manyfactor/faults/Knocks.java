package dev.manyfactor.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Who is trying to connect to a port of this machine and has no answer yet, by the tables of
/// sockets that Linux keeps; nobody, elsewhere.
final class Knocks {
  private static final Path TABLES = Path.of("/proc/net");
  private static final String SYN_SENT = "02";
  private static final int LOCAL = 1;
  private static final int REMOTE = 2;
  private static final int STATE = 3;
  private static final int HEXADECIMAL = 16;

  private Knocks() {}

  /// The near ports of the sockets that wait for an answer from `port`.
  static Set<Integer> at(int port) {
    String end = ":%04X".formatted(port);
    return Stream.of("tcp", "tcp6")
        .flatMap(table -> lines(TABLES.resolve(table)).stream())
        .map(line -> line.trim().split("\\s+", -1))
        .filter(fields -> fields.length > STATE && fields[STATE].equals(SYN_SENT))
        .filter(fields -> fields[REMOTE].endsWith(end))
        .map(fields -> fields[LOCAL].substring(fields[LOCAL].indexOf(':') + 1))
        .map(hexadecimal -> Integer.parseInt(hexadecimal, HEXADECIMAL))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static List<String> lines(Path table) {
    try {
      return Files.readAllLines(table);
    } catch (IOException notLinux) {
      return List.of();
    }
  }
}
