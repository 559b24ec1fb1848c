package dev.manyfactor.cli;

import dev.manyfactor.chaos.sweep.SweepSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/// The options of `mf chaos --sweep`.
final class SweepOptions {
  @Option(
      names = "--sweep",
      description =
          "Try every message of every operation, job and schedule instead; of the other options, only --seed and --json go with it.")
  private boolean asked;

  @Option(
      names = "--sample",
      paramLabel = "N",
      description = "With --sweep: only so many cells, drawn with the seed; default: all.")
  private @Nullable String sample;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      split = ",",
      showDefaultValue = Visibility.NEVER,
      description = "With --sweep: only these operations, jobs and schedules.")
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--lanes",
      paramLabel = "N",
      defaultValue = "3",
      description = "With --sweep: how many formations work at once, 1 to 8; a sample needs one.")
  private String lanes = "3";

  boolean isAsked() {
    return asked;
  }

  /// What is wrong with them.
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (!asked && (sample != null || !only.isEmpty())) {
      problems.add("--sample and --only choose cells of a sweep; add --sweep");
    }
    if (sample != null && !sample.matches("[1-9][0-9]{0,5}")) {
      problems.add("--sample must be 1 to 999999, but is \"%s\"".formatted(sample));
    }
    if (!lanes.matches("[1-8]")) {
      problems.add("--lanes must be 1 to 8, but is \"%s\"".formatted(lanes));
    }
    return problems;
  }

  SweepSettings settings(Path directory, long seed) {
    OptionalInt drawn =
        sample == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(sample));
    return new SweepSettings(
        directory,
        new SweepSettings.Choice(drawn, seed, Set.copyOf(only), _ -> true),
        Integer.parseInt(lanes));
  }
}
