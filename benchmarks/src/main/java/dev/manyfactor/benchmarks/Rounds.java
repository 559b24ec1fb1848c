package dev.manyfactor.benchmarks;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Takes every figure once per round.
final class Rounds {
  private static final String LIMIT = "limit";

  private final Options options;
  private final List<Side> sides;
  private final Optional<PgBench> limit;
  private final List<Figures.Taken> taken = new ArrayList<>();
  private final List<String> failed = new ArrayList<>();

  Rounds(Options options, List<Side> sides, Optional<PgBench> limit) {
    this.options = options;
    this.sides = sides;
    this.limit = limit;
  }

  /// Warms every server up, then measures.
  void run(Duration warmUp) throws InterruptedException {
    for (Operation operation : Operation.values()) {
      for (Side side : knowing(operation, 0)) {
        Progress.say("warming up: " + side.name() + " " + operation);
        side.measure(0, operation, warmUp);
      }
    }
    for (int round = 1; round <= options.rounds(); round++) {
      for (Operation operation : Operation.values()) {
        for (Side side : knowing(operation, round)) {
          measure(side, round, operation);
        }
        measureLimit(round, operation);
      }
    }
  }

  int expected() {
    int each = 0;
    for (Operation operation : Operation.values()) {
      each += knowing(operation, 0).size();
    }
    return options.rounds() * (each + (limit.isPresent() ? 2 : 0));
  }

  List<Figures.Taken> taken() {
    return taken;
  }

  List<String> failed() {
    return failed;
  }

  /// The servers whose rows do not add up.
  List<String> miscounted() throws SQLException {
    List<String> wrong = new ArrayList<>();
    for (Side side : sides) {
      side.miscounted().ifPresent(wrong::add);
    }
    return wrong;
  }

  private List<Side> knowing(Operation operation, int round) {
    List<Side> order = round % 2 == 0 ? sides : sides.reversed();
    return order.stream().filter(side -> side.knows(operation)).toList();
  }

  private void measure(Side side, int round, Operation operation) throws InterruptedException {
    try {
      keep(side.measure(round, operation, Duration.ofSeconds(options.seconds())));
    } catch (UnexpectedAnswer wrong) {
      failed.add("round %d, %s, %s: %s".formatted(round, side.name(), operation, wrong));
    }
  }

  private void measureLimit(int round, Operation operation) throws InterruptedException {
    if (limit.isEmpty() || operation == Operation.POST_WITHOUT_KEY_AND_JOB) {
      return;
    }
    try {
      double rate = limit.get().run(operation, options.seconds(), options.seed() + round);
      keep(new Figures.Taken(round, LIMIT, operation, rate, Optional.empty()));
    } catch (UnexpectedAnswer | IOException wrong) {
      failed.add("round %d, %s, %s: %s".formatted(round, LIMIT, operation, wrong));
    }
  }

  private void keep(Figures.Taken figure) {
    Progress.say(figure.toString());
    taken.add(figure);
  }
}
