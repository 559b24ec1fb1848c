package dev.manyfactor.fuzz;

import dev.manyfactor.formation.Surroundings;
import dev.manyfactor.fuzz.generate.Draft;
import dev.manyfactor.fuzz.generate.Tokens;
import dev.manyfactor.fuzz.judge.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Sends valid and broken requests to the services of this checkout, and judges the answers.
///
/// ```sh
/// build/fuzz/run --requests 100000 --seed 1   # and writes docs/evidence/contract-fuzz.json
/// build/fuzz/run --seed 1 --index 4711        # one of them again, to each service
/// ```
public final class ContractFuzz {
  private static final List<Share> SHARES =
      List.of(
          new Share("examples/cards", 2),
          new Share("examples/payments", 3),
          new Share("fixtures/everything", 5));
  private static final int TENTHS = 10;
  private static final Duration REST = Duration.ofSeconds(30);

  private final Options options;
  private final Surroundings surroundings;

  private ContractFuzz(Options options, Surroundings surroundings) {
    this.options = options;
    this.surroundings = surroundings;
  }

  /// A service and how much of all that is sent goes to it.
  ///
  /// @param folder of the service; those that it calls stand before it
  private record Share(String folder, int tenths) {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Options options = Options.DEFAULT.with(arguments);
    Surroundings surroundings = Surroundings.ofProcess();
    Path root = Path.of("").toAbsolutePath();
    Machine machine = Machine.here(root, surroundings.clock());
    List<Outcome> outcomes = outcomes(root, options, surroundings);
    outcomes.forEach(outcome -> outcome.findings().forEach(it -> Progress.say(it.toString())));
    outcomes.forEach(outcome -> Progress.say(outcome.summary()));
    if (options.index().isEmpty()) {
      Path file = Evidence.of(options, machine, outcomes).write(root);
      Progress.say("written to " + root.relativize(file));
    }
    if (outcomes.stream().anyMatch(outcome -> outcome.violations() > 0)) {
      System.exit(1);
    }
  }

  /// Starts the services, sends what the options say and looks at each afterwards.
  ///
  /// @param root of the checkout, where the services have been built
  static List<Outcome> outcomes(Path root, Options options, Surroundings surroundings)
      throws IOException, InterruptedException {
    return new ContractFuzz(options, surroundings).run(root);
  }

  private List<Outcome> run(Path root) throws IOException, InterruptedException {
    try (Stage stage = Stage.open(root, surroundings)) {
      var outcomes = new ArrayList<Outcome>();
      for (Share share : SHARES) {
        outcomes.add(send(stage.start(share.folder()), share));
      }
      return outcomes;
    }
  }

  private Outcome send(Stage.Actor actor, Share share) throws InterruptedException {
    long first = options.index().orElse(0);
    long count = options.index().isPresent() ? 1 : options.requests() * share.tenths() / TENTHS;
    Aftermath aftermath = Aftermath.before(actor.process(), REST);
    long began = surroundings.nanos().getAsLong();
    var run = new Run(actor.subject(), options.seed(), surroundings.nanos(), it -> it);
    Figures figures = run.send(first, first + count);
    long millis = (surroundings.nanos().getAsLong() - began) / 1_000_000;
    for (Fault fault : aftermath.faults(secrets(actor))) {
      figures.add(new Finding(actor.subject().name(), options.seed(), -1, "afterwards", fault, ""));
    }
    return Outcome.of(actor.subject().name(), count, millis, figures);
  }

  private static List<String> secrets(Stage.Actor actor) {
    Tokens tokens = actor.subject().tokens();
    Stream<String> all =
        Stream.of(tokens.good(), tokens.foreign(), tokens.powerless(), Draft.SENSITIVE);
    return Stream.concat(all, Stream.concat(tokens.unknown().stream(), actor.secrets().stream()))
        .toList();
  }
}
