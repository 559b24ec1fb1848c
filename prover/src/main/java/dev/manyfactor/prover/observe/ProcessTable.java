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

  private ProcessTable() {}

  /// What is known of a living process.
  ///
  /// @param session the process that its session is called after
  /// @param user whose rights it has
  /// @param mark its limit of real time, which nothing else uses; 0 if it has none
  /// @param threads how many it has
  record Row(long pid, long parent, long session, long user, long mark, int threads) {}

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
    Map<String, String> status = new HashMap<>();
    for (String line : text(pid, "status").split("\n", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        status.put(line.substring(0, colon), line.substring(colon + 1).strip());
      }
    }
    if (!status.containsKey("PPid") || hasEnded(status) || isOfKernel(pid, status)) {
      return Optional.empty();
    }
    return Optional.of(
        new Row(
            pid,
            Long.parseLong(status.getOrDefault("PPid", "0")),
            firstNumber(status.getOrDefault("NSsid", "0")),
            firstNumber(status.getOrDefault("Uid", "0")),
            mark(pid),
            Integer.parseInt(status.getOrDefault("Threads", "1"))));
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

  private static boolean hasEnded(Map<String, String> status) {
    return status.getOrDefault("State", "Z").matches("[ZX].*");
  }

  /// The kernel's own have no memory, and come from its process 2.
  private static boolean isOfKernel(long pid, Map<String, String> status) {
    return !status.containsKey("VmSize") && (pid == 2 || "2".equals(status.get("PPid")));
  }

  private static long mark(long pid) {
    return text(pid, "limits")
        .lines()
        .filter(line -> line.startsWith("Max realtime timeout"))
        .map(line -> line.replaceAll(".*timeout\\s+(\\S+).*", "$1"))
        .filter(limit -> limit.matches("\\d{1,18}"))
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElse(0);
  }

  private static long firstNumber(String numbers) {
    return Long.parseLong(numbers.split("\\s+", 2)[0]);
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
