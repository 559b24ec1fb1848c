package dev.manyfactor.prover.observe;

import java.util.List;

/// The bounds of a process that the kernel keeps: how many processes, how large a file, and the
/// mark by which it is found again.
///
/// The mark is the limit of real time, which concerns programs of the real-time scheduler only. It
/// goes with every process that is started from there, whatever session, parent or environment that
/// takes, and the ordinary cannot raise it.
///
/// @param processes how many processes and threads its user may have
record Limits(long mark, int processes) {
  private static final long LARGEST_FILE = 1L << 30;
  private static final long MOST_FILES = 65_536;

  /// The command that puts these bounds around another.
  List<String> prefix() {
    return List.of(
        Tools.path("prlimit"),
        "--rttime=" + mark,
        "--nproc=" + atMost("Max processes", processes),
        "--fsize=" + atMost("Max file size", LARGEST_FILE),
        "--nofile=" + atMost("Max open files", MOST_FILES),
        "--core=0",
        "--");
  }

  /// What is wished, or what this JVM may have itself.
  private static long atMost(String name, long wished) {
    return ProcessTable.text(ProcessHandle.current().pid(), "limits")
        .lines()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()).strip().split("\\s+", -1)[1])
        .filter(hard -> !hard.equals("unlimited"))
        .mapToLong(Long::parseLong)
        .map(hard -> Math.min(hard, wished))
        .findFirst()
        .orElse(wished);
  }
}
