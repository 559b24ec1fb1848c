package dev.manyfactor.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The page that lists what a service carries: every jar with its version, its size and why it is
/// there.
///
/// Everything but the reasons is derived from a built service; the reasons are kept by name.
final class DependencyPage {
  /// Stands for a reason nobody has written yet, and fails the build.
  static final String NO_REASON = "?";

  private static final Pattern JAR = Pattern.compile("(.+?)-(\\d[^/]*)\\.jar");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\|.*\\| ([^|]+) \\|$");
  private static final String OURS = "manyfactor-";

  private DependencyPage() {}

  /// The page for some jars.
  ///
  /// @param reasons why each is there, by the name of the artifact
  static String of(List<Path> jars, Map<String, String> reasons) {
    List<Path> sorted =
        jars.stream().sorted(Comparator.comparing(jar -> jar.getFileName().toString())).toList();
    return """
    # What a service carries

    The jars beside `payments.jar`, which is every library of the runtime: %s. At most %d jars and %s
    (`ClosureTests`). This page is held against the built service (`DependencyPageTests`); after a change run
    `build/dependencies`, which writes everything but the reasons.

    ## Libraries
    | library | version | size | why it is here |
    | --- | --- | --- | --- |
    %s
    ## Modules of Manyfactor
    | module | version | size | what it does |
    | --- | --- | --- | --- |
    %s\
    """
        .formatted(
            total(jars),
            Closure.MOST_JARS,
            megabytes(Closure.MOST_BYTES),
            rows(sorted.stream().filter(jar -> !isOurs(jar)).toList(), reasons),
            rows(sorted.stream().filter(DependencyPage::isOurs).toList(), reasons));
  }

  /// The reasons that a page holds, by artifact.
  static Map<String, String> reasons(String page) {
    return ROW.matcher(page)
        .results()
        .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2).strip()));
  }

  private static String rows(List<Path> jars, Map<String, String> reasons) {
    return jars.stream().map(jar -> row(jar, reasons)).collect(Collectors.joining());
  }

  private static String row(Path jar, Map<String, String> reasons) {
    MatchResult name = name(jar);
    String reason = reasons.getOrDefault(name.group(1), NO_REASON);
    return "| `%s` | %s | %s | %s |\n"
        .formatted(name.group(1), name.group(2), kilobytes(jar), reason);
  }

  private static MatchResult name(Path jar) {
    var name = JAR.matcher(jar.getFileName().toString());
    if (!name.matches()) {
      throw new AssertionError(jar + " is not named artifact-version.jar");
    }
    return name.toMatchResult();
  }

  private static boolean isOurs(Path jar) {
    return jar.getFileName().toString().startsWith(OURS);
  }

  private static String total(List<Path> jars) {
    long bytes = jars.stream().filter(jar -> !isOurs(jar)).mapToLong(DependencyPage::size).sum();
    return jars.size() + " jars, the libraries among them " + megabytes(bytes);
  }

  /// Our own jars change with every commit, so this page does not follow their sizes.
  private static String kilobytes(Path jar) {
    return isOurs(jar) ? "small" : Math.ceilDiv(size(jar), 1000) + " kB";
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.0f MB", bytes / 1e6);
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
