package dev.manyfactor.prover.rules;

import dev.manyfactor.formation.ProcessType;
import dev.manyfactor.prover.trial.Readiness;
import dev.manyfactor.prover.trial.Running;
import dev.manyfactor.prover.trial.Scene;
import dev.manyfactor.prover.trial.Start;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The variable that a process lacks, if it says so: words of its output that look like one and are
/// not set are set, one by one, to see whether that makes a difference.
record MissingVariable(Scene scene, ProcessType type, Start start) {
  private static final Pattern NAME = Pattern.compile("(?<!\\w)[A-Z][A-Z0-9_]{2,60}(?!\\w)");
  private static final String VALUE = "set-by-the-prover";
  private static final int MOST = 5;

  /// What came of setting it; empty if nothing it says is one.
  Optional<String> askedFor(Said said) throws InterruptedException {
    for (String name : candidates(said)) {
      Start with = start.as("%s with %s".formatted(start.label(), name)).with(name, value(name));
      Optional<String> difference = difference(name, with);
      if (difference.isPresent() && isAskedForAgain(name)) {
        return difference;
      }
    }
    return Optional.empty();
  }

  private Optional<String> difference(String name, Start with) throws InterruptedException {
    Running running = scene.start(with);
    Readiness readiness = Settled.of(type, running, patience());
    List<String> lines = Said.by(running, readiness).lines();
    boolean isEchoed = lines.stream().anyMatch(line -> line.contains(VALUE));
    boolean isSilent = new Said(lines).naming(name).isEmpty();
    return switch (readiness) {
      case Readiness.Ready _ ->
          Optional.of(
              "with %s it became ready, so it needs %s, which is not declared as required"
                  .formatted(name, name));
      case Readiness.Exited _ when isEchoed || isSilent -> Optional.of(asks(name));
      case Readiness.NotReady _ when isEchoed -> Optional.of(asks(name));
      case Readiness.Exited _, Readiness.NotReady _ -> Optional.empty();
    };
  }

  private static String asks(String name) {
    return "with %s it said something else, so it needs %s, which is not declared as required"
        .formatted(name, name);
  }

  /// The difference was not that of two starts which are the same.
  private boolean isAskedForAgain(String name) throws InterruptedException {
    Running again = scene.start(start.as(start.label() + " again"));
    Readiness readiness = Settled.of(type, again, patience());
    return !(readiness instanceof Readiness.Ready)
        && Said.by(again, readiness).naming(name).isPresent();
  }

  /// The one that the manifest has for it, if it declares it as optional.
  private String value(String name) {
    Optional<String> example =
        scene.bench().subject().variables().stream()
            .filter(variable -> variable.name().equals(name))
            .flatMap(variable -> variable.example().stream())
            .findFirst();
    return scene.bench().manifest().environment().getOrDefault(name, example.orElse(VALUE));
  }

  private Duration patience() {
    return scene.bench().manifest().proving().deadlines().ready();
  }

  /// The last and most likely first: what has an underscore is hardly an ordinary word.
  private List<String> candidates(Said said) {
    Set<String> set = scene.environment(start).keySet();
    Set<String> names = new LinkedHashSet<>();
    for (String line : said.lines().reversed()) {
      NAME.matcher(line)
          .results()
          .map(MatchResult::group)
          .filter(name -> !set.contains(name) && !scene.grants().contains(name))
          .forEach(names::add);
    }
    List<String> sorted = new ArrayList<>(names);
    sorted.sort(Comparator.comparing((String name) -> !name.contains("_")));
    return sorted.stream().limit(MOST).toList();
  }
}
