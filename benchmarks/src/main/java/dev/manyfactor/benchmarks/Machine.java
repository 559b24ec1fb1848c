package dev.manyfactor.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// What was measured, when and on what.
///
/// @param commit of the sources
/// @param dirty whether files differed from that commit
/// @param measuredAt in UTC
/// @param jdk of every process
/// @param cpus processors that client, servers and PostgreSQL share
/// @param cpuModel as the system names it
/// @param memoryMebibytes of the whole machine
/// @param loadBefore how many processes of others wanted to run in the minute before
public record Machine(
    String commit,
    boolean dirty,
    String measuredAt,
    String jdk,
    int cpus,
    String cpuModel,
    long memoryMebibytes,
    double loadBefore) {

  /// This one, now.
  public static Machine here(InstantSource clock) throws IOException, InterruptedException {
    return new Machine(
        git("rev-parse", "HEAD"),
        !git("status", "--porcelain", "--", ".", ":!docs/evidence").isEmpty(),
        clock.instant().truncatedTo(ChronoUnit.SECONDS).toString(),
        System.getProperty("java.vendor.version") + " " + Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        line("/proc/cpuinfo", "model name"),
        Long.parseLong(line("/proc/meminfo", "MemTotal").replaceAll("\\D", "")) / 1024,
        Rounded.to3(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
  }

  private static String line(String file, String name) throws IOException {
    return Files.readAllLines(Path.of(file)).stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("0");
  }

  private static String git(String... arguments) throws IOException, InterruptedException {
    var words = new ArrayList<String>();
    words.add("git");
    words.addAll(List.of(arguments));
    Process git = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (git.waitFor() != 0) {
      throw new IllegalStateException("this is no checkout, so no commit can be named");
    }
    return output.strip();
  }
}
