package dev.manyfactor.cli;

import dev.manyfactor.chaos.loop.LoopSettings;
import dev.manyfactor.chaos.loop.Plan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mf chaos`: whether every effect takes place once while everything breaks.
@Command(
    name = "chaos",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = {
      "Starts the service in DIR with everything it needs, lets clients work while processes are"
          + " killed and frozen, PostgreSQL is stopped immediately and connections are cut, and"
          + " then checks what is in the databases against what the clients were told.",
      "With --sweep it is not left to chance: at every message that a process sends to PostgreSQL"
          + " while it does one thing, the process is killed, its session ended, its connection"
          + " cut, or it is stalled; then everything must come out as if nothing had happened.",
      "The service may be written in any language; `chaos:` in its manyfactor.yaml says what to"
          + " send, where its effects are found and what must hold.",
      "Progress goes to standard error. Ctrl-C ends the breaking; everything is repaired, checked"
          + " and reported as ever.",
    },
    footer = {
      "",
      "Examples:",
      "  mf chaos examples/payments",
      "  mf chaos --minutes 30 --seed 4711 examples/payments",
      "  mf chaos --minutes 0.5 --scale web=3 --json examples/payments",
      "  mf chaos --sweep examples/payments",
      "  mf chaos --sweep --sample 40 --only createPayment,capture examples/payments",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing that must not be was seen",
      "1:a violation: lost, doubled, changed, or an invariant that does not hold",
      "2:wrong usage, or a wrong manifest",
      "3:nothing is shown: no fault of a kind had anything to hit, or nothing took effect; a cell of the sweep did not run",
      "4:mf itself failed, or something that it needs is not there",
      "130:it was called off before anything was broken, or at once",
    })
final class ChaosCommand implements Callable<Integer>, Checked, OwnExitCodes {
  private static final int SEEDS = 1_000_000;
  private static final double MOST_MINUTES = 24 * 60;
  private static final int MOST_CLIENTS = 200;
  private static final int MILLIS_A_MINUTE = 60_000;
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final List<String> PROCESSES = List.of("web=2", "worker=2");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}(\\.[0-9]{1,3})?");

  private final Terminal terminal;
  private final Seat seat;

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "Folder of the service.")
  private Path directory = Path.of(".");

  // Numbers come as they were written: what is wrong with all of them is said at once.
  @Option(
      names = "--minutes",
      paramLabel = "M",
      defaultValue = "5",
      description =
          "How long things break; 0.5 is half a minute. Starting and checking come on top.")
  private String minutes = "5";

  @Option(
      names = "--seed",
      paramLabel = "S",
      description =
          "Decides what breaks, in which order and for how long: the same seed breaks the same;"
              + " default: a new one.")
  private @Nullable String seed;

  @Option(
      names = "--clients",
      paramLabel = "N",
      defaultValue = "16",
      description = "How many clients work at the same time.")
  private String clients = "16";

  @Option(
      names = "--scale",
      paramLabel = "TYPE=N",
      split = ",",
      showDefaultValue = Visibility.NEVER,
      description =
          "How many instances of a process type run; default: two of web and of worker, where there"
              + " are such, and one of each other.")
  private List<String> scale = new ArrayList<>();

  @Mixin private final SweepOptions sweep = new SweepOptions();

  @Option(names = "--json", description = "Print the report as JSON.")
  private boolean json;

  ChaosCommand(Terminal terminal) {
    this(terminal, Seat.ofProcess());
  }

  ChaosCommand(Terminal terminal, Seat seat) {
    this.terminal = terminal;
    this.seat = seat;
  }

  @Override
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (length().isEmpty()) {
      problems.add(
          "--minutes must be a number above 0 and up to %.0f, for example 5 or 0.5, but is \"%s\""
              .formatted(MOST_MINUTES, minutes));
    }
    if (seed != null && ProveNumbers.seed(seed).isEmpty()) {
      problems.add(
          "--seed must be a whole number from 0 to %d, but is \"%s\""
              .formatted(ProveNumbers.HIGHEST_SEED, seed));
    }
    if (clients().isEmpty()) {
      problems.add("--clients must be 1 to %d, but is \"%s\"".formatted(MOST_CLIENTS, clients));
    }
    problems.addAll(sweep.problems());
    return problems;
  }

  @Override
  public int of(int sysexits) {
    return ProveNumbers.exitCode(sysexits);
  }

  @Override
  public Integer call() throws InterruptedException {
    if (sweep.isAsked()) {
      return new SweepRun(sweep.settings(directory, seed()), terminal, seat).run(json);
    }
    LoopSettings settings =
        new LoopSettings(
            directory.toAbsolutePath().normalize(),
            length().orElseThrow(),
            seed(),
            new LoopSettings.Load(
                clients().orElseThrow(), PAUSE, ChaosScale.of(scale, PROCESSES, directory)),
            Plan.Pace.USUAL);
    return new ChaosRun(settings, terminal, seat).run(json);
  }

  private Optional<Duration> length() {
    return Optional.of(minutes)
        .filter(text -> NUMBER.matcher(text).matches())
        .map(Double::parseDouble)
        .filter(number -> number > 0 && number <= MOST_MINUTES)
        .map(number -> Duration.ofMillis(Math.round(number * MILLIS_A_MINUTE)));
  }

  private Optional<Integer> clients() {
    return Optional.of(clients)
        .filter(text -> text.matches("[0-9]{1,4}"))
        .map(Integer::parseInt)
        .filter(number -> number >= 1 && number <= MOST_CLIENTS);
  }

  private long seed() {
    return seed == null
        ? RandomGenerator.getDefault().nextInt(1, SEEDS)
        : ProveNumbers.seed(seed).orElseThrow();
  }
}
