package dev.manyfactor.fuzz;

import dev.manyfactor.formation.Surroundings;
import java.io.IOException;
import java.nio.file.Path;

/// Sends valid and broken requests to the services of this checkout.
///
/// ```sh
/// build/fuzz/run --requests 100000 --seed 1
/// build/fuzz/run --seed 1 --index 4711
/// ```
public final class ContractFuzz {
  private ContractFuzz() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Options options = Options.DEFAULT.with(arguments);
    Surroundings surroundings = Surroundings.ofProcess();
    try (Stage stage = Stage.open(Path.of("").toAbsolutePath(), surroundings)) {
      Stage.Actor cards = stage.start("examples/cards");
      Stage.Actor payments = stage.start("examples/payments");
      Stage.Actor everything = stage.start("fixtures/everything");
      for (Stage.Actor actor : java.util.List.of(everything, cards, payments)) {
        long first = options.index().orElse(0);
        long end = options.index().isPresent() ? first + 1 : options.requests() / 3;
        long began = surroundings.nanos().getAsLong();
        Figures figures =
            new Run(actor.subject(), options.seed(), surroundings.nanos(), it -> it)
                .send(first, end);
        Progress.say(
            "%s: %d requests in %d ms, %d violations, slowest %d ms"
                .formatted(
                    actor.subject().name(),
                    figures.requests(),
                    (surroundings.nanos().getAsLong() - began) / 1_000_000,
                    figures.violations(),
                    figures.slowestMillis()));
        figures.statuses().forEach((kind, statuses) -> Progress.say("  " + kind + " " + statuses));
        figures.findings().forEach(finding -> Progress.say(finding.toString()));
      }
    }
  }
}
