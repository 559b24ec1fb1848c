package dev.manyfactor.cli;

import dev.manyfactor.formation.ExitCode;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The numbers on the command line of `mf prove`, and those that it ends with.
final class ProveNumbers {
  /// Seeds beyond it are not the same number in every reader of JSON.
  static final long HIGHEST_SEED = (1L << 53) - 1;

  /// Something was called off by a signal.
  static final int CALLED_OFF = 130;

  private static final int WRONG_USAGE_OR_MANIFEST = 2;
  private static final int HARNESS = 4;
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final Pattern TIME = Pattern.compile("([0-9]{1,6})(s|m|h)");

  private ProveNumbers() {}

  static OptionalLong seed(String text) {
    if (!text.matches("[0-9]{1,16}")) {
      return OptionalLong.empty();
    }
    long number = Long.parseLong(text);
    return number > HIGHEST_SEED ? OptionalLong.empty() : OptionalLong.of(number);
  }

  static Optional<Duration> time(String text) {
    Matcher parts = TIME.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(parts.group(1));
    Duration time =
        switch (parts.group(2)) {
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          default -> Duration.ofHours(number);
        };
    return time.isZero() || time.compareTo(LONGEST) > 0 ? Optional.empty() : Optional.of(time);
  }

  /// What `mf prove` ends with in place of a code of sysexits.
  static int exitCode(int sysexits) {
    return sysexits == ExitCode.USAGE.number() || sysexits == ExitCode.CONFIG.number()
        ? WRONG_USAGE_OR_MANIFEST
        : HARNESS;
  }
}
