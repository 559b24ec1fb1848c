package dev.manyfactor.cli;

import dev.manyfactor.prover.ProverSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mf prove`: which requirements of the 23 factors a service survives.
@Command(
    name = "prove",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    synopsisSubcommandLabel = "[VERB]",
    description = {
      "Builds the service in DIR once, starts it again and again under observation and attack, and prints what became of"
          + " each requirement of the 23 factors, with the counter-example where one does not hold.",
      "The service may be written in any language. DIR holds a manyfactor.yaml, or just a Procfile.",
      "Progress goes to standard error. Ctrl-C ends everything that was started, and prints what was decided.",
    },
    subcommands = {ProveExplainCommand.class, ProveListCommand.class},
    footer = {
      "",
      "Examples:",
      "  mf prove examples/payments",
      "  mf prove --fast fixtures/node",
      "  mf prove --factor 9 examples/payments",
      "  mf prove --only 09-2 --seed 4711 examples/payments",
      "  mf prove --format terminal,json=prove.json,html=prove.html examples/payments",
      "  mf prove --init fixtures/node",
      "  mf prove explain 09-2",
    },
    exitCodeListHeading = "%nExit codes, whatever the format:%n",
    exitCodeList = {
      "0:every checked MUST survived, does not apply or is waived",
      "1:a MUST failed",
      "2:wrong usage, or a wrong manifest",
      "3:a MUST is not proven",
      "4:mf itself failed, or something that it needs is not there",
      "130:it was called off",
    })
final class ProveCommand implements Callable<Integer>, Checked, OwnExitCodes {
  private static final int SEEDS = 1_000_000;

  private final Terminal terminal;
  private final Seat seat;

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "Folder of the service.")
  private Path directory = Path.of(".");

  // Numbers, ids and times come as they were written: what is wrong with all of them is said at
  // once.
  @Option(
      names = "--factor",
      paramLabel = "N",
      split = ",",
      showDefaultValue = Visibility.NEVER,
      description = "Only these factors, by their numbers; with --only, both.")
  private List<String> factors = new ArrayList<>();

  @Option(
      names = "--only",
      paramLabel = "ID",
      split = ",",
      showDefaultValue = Visibility.NEVER,
      description = "Only these requirements, by their ids: 09-2. `mf prove list` has them all.")
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--fast",
      description =
          "Make fewer trials of each, on JVMs that compile only a little; for examples/payments less"
              + " than a minute.")
  private boolean fast;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description =
          "Decides every choice that is left to chance: the same seed makes the same choices; default: a new one.")
  private @Nullable String seed;

  @Option(
      names = "--format",
      paramLabel = "FORMAT[=FILE]",
      split = ",",
      defaultValue = "terminal",
      description =
          "terminal, json or html, several in one run; without FILE html goes to DIR/.manyfactor/prove.html and the others"
              + " to standard output, where there is room for one of them.")
  private List<String> formats = new ArrayList<>();

  @Option(
      names = "--limit",
      paramLabel = "TIME",
      defaultValue = "30m",
      description = "After this time what is left is not proven: 90s, 5m, 1h.")
  private String limit = "30m";

  @Option(
      names = "--init",
      description = "Write a manyfactor.yaml with what is known of the service, and prove nothing.")
  private boolean init;

  ProveCommand(Terminal terminal) {
    this(terminal, Seat.ofProcess());
  }

  ProveCommand(Terminal terminal, Seat seat) {
    this.terminal = terminal;
    this.seat = seat;
  }

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>(ProveChoice.problems(factors, only));
    if (seed != null && ProveNumbers.seed(seed).isEmpty()) {
      problems.add(
          "--seed must be a whole number from 0 to %d, but is \"%s\""
              .formatted(ProveNumbers.HIGHEST_SEED, seed));
    }
    if (ProveNumbers.time(limit).isEmpty()) {
      problems.add(
          "--limit must be a time like 90s, 5m or 1h, at least 1s and at most 24h, but is \"%s\""
              .formatted(limit));
    }
    problems.addAll(ProveOutputs.problems(formats));
    return problems;
  }

  @Override
  public int of(int sysexits) {
    return ProveNumbers.exitCode(sysexits);
  }

  @Override
  public Integer call() throws InterruptedException {
    FirstRequest request = new FirstRequest(terminal, seat);
    if (init) {
      return request.writeManifest(directory);
    }
    ProverSettings settings =
        new ProverSettings(
            directory,
            ProveChoice.of(factors, only),
            fast,
            seed(),
            ProveNumbers.time(limit).orElseThrow(),
            request.samplesOf(directory));
    return new ProveRun(settings, terminal, seat).run(ProveOutputs.of(formats, directory));
  }

  private long seed() {
    return seed == null
        ? RandomGenerator.getDefault().nextInt(1, SEEDS)
        : ProveNumbers.seed(seed).orElseThrow();
  }
}
