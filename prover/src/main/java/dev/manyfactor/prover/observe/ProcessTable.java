package dev.manyfactor.prover.observe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The processes of this machine, as /proc tells them.
///
/// Any of them may end while it is read; what is gone is left out.
final class ProcessTable {
  static final Path PROC = Path.of("/proc");

  private static final int LONGEST = 18; // digits of a number that certainly is a long

  private ProcessTable() {}

  /// What is known of a living process.
  ///
  /// @param session the process that its session is called after
  /// @param user whose rights it has
  /// @param mark its limit of real time, which nothing else uses; 0 if it has none
  record Row(long pid, long parent, long session, long user, long mark) {}

  /// Every process that lives: one that has ended and waits for its parent to notice does not.
  static List<Row> living() {
    try (Stream<Path> entries = Files.list(PROC)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> Character.isDigit(name.charAt(0)))
          .flatMap(name -> row(Long.parseLong(name)).stream())
          .toList();
    } catch (IOException | UncheckedIOException failure) {
      throw new IllegalStateException("cannot read /proc: " + failure.getMessage(), failure);
    }
  }

  /// Whether the system knows a process, also one that has ended and waits to be noticed.
  static boolean exists(long pid) {
    return Files.exists(PROC.resolve(String.valueOf(pid)));
  }

  /// One process, if it lives.
  static Optional<Row> row(long pid) {
    String status = text(pid, "status");
    if (status.isEmpty() || hasEnded(status) || isOfKernel(pid, status)) {
      return Optional.empty();
    }
    return Optional.of(
        new Row(
            pid,
            number(status, "\nPPid:"),
            number(status, "\nNSsid:"),
            number(status, "\nUid:"),
            number(text(pid, "limits"), "\nMax realtime timeout")));
  }

  /// How many processes and threads a user has.
  static int threadsOf(long user) {
    return living().stream()
        .filter(row -> row.user() == user)
        .mapToInt(row -> (int) number(text(row.pid(), "status"), "\nThreads:"))
        .sum();
  }

  /// Program and arguments.
  static List<String> arguments(long pid) {
    return zeroTerminated(text(pid, "cmdline"));
  }

  /// The variables that it was started with.
  static Map<String, String> environment(long pid) {
    Map<String, String> environment = new HashMap<>();
    for (String entry : zeroTerminated(text(pid, "environ"))) {
      int equals = entry.indexOf('=');
      if (equals > 0) {
        environment.put(entry.substring(0, equals), entry.substring(equals + 1));
      }
    }
    return environment;
  }

  /// A file of a process; empty if there is none, or none for us.
  static String text(long pid, String file) {
    try {
      return new String(
          Files.readAllBytes(PROC.resolve(String.valueOf(pid)).resolve(file)),
          StandardCharsets.UTF_8);
    } catch (IOException gone) {
      return "";
    }
  }

  private static boolean hasEnded(String status) {
    int state = status.indexOf("\nState:\t") + "\nState:\t".length();
    return "ZX".indexOf(status.charAt(state)) >= 0;
  }

  /// The kernel's own have no memory, and come from its process 2.
  private static boolean isOfKernel(long pid, String status) {
    return !status.contains("\nVmSize:") && (pid == 2 || number(status, "\nPPid:") == 2);
  }

  /// The first number after a label; 0 where there is none, or one that no long can hold.
  private static long number(String text, String label) {
    int at = text.indexOf(label);
    if (at < 0) {
      return 0;
    }
    int begin = at + label.length();
    while (begin < text.length() && Character.isWhitespace(text.charAt(begin))) {
      begin++;
    }
    int end = begin;
    while (end < text.length() && Character.isDigit(text.charAt(end))) {
      end++;
    }
    return end == begin || end - begin > LONGEST ? 0 : Long.parseLong(text, begin, end, 10);
  }

  private static List<String> zeroTerminated(String text) {
    if (text.isEmpty()) {
      return List.of();
    }
    List<String> parts = new ArrayList<>(Arrays.asList(text.split("\0", -1)));
    if (parts.getLast().isEmpty()) {
      parts.removeLast();
    }
    return parts;
  }
}
