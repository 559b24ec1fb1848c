package dev.manyfactor.prover.rules;

import com.google.auto.service.AutoService;
import dev.manyfactor.prover.observe.Listening;
import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.outcome.Reason;
import dev.manyfactor.prover.trial.Applicability;
import dev.manyfactor.prover.trial.Bench;
import dev.manyfactor.prover.trial.Rule;
import dev.manyfactor.prover.trial.Running;
import dev.manyfactor.prover.trial.Scene;
import dev.manyfactor.prover.trial.Start;
import dev.manyfactor.prover.trial.Trial;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// 07-1: told another port, it listens there and no longer on the former one.
@AutoService(Rule.class)
public final class ListensOnThePortItIsTold implements Rule {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  @Override
  public String requirement() {
    return "07-1";
  }

  @Override
  public boolean needsBaseline() {
    return false;
  }

  @Override
  public Applicability antecedent(Bench bench) {
    return bench.subject().web().isPresent()
        ? Applicability.applies()
        : new Applicability.DoesNotApply("no process type of the manifest serves");
  }

  @Override
  public List<Trial> trials(Bench bench) {
    return Trial.once(this::startTwice);
  }

  private Finding startTwice(Scene scene) throws InterruptedException {
    String process = scene.bench().subject().web().orElseThrow().name();
    Running first = scene.start(Start.of(process).as("first"));
    var _ = first.awaitReady(PATIENCE);
    Set<Integer> before = ports(first);
    Running second = scene.start(Start.of(process).as("second"));
    var _ = second.awaitReady(PATIENCE);
    Set<Integer> after = ports(second);
    if (before.isEmpty()) {
      return new Finding.Undecided(
          Reason.UNREACHED, "it listens on no port at all, told PORT=" + first.port());
    }
    return before.contains(first.port())
            && after.contains(second.port())
            && !after.contains(first.port())
        ? new Finding.Survived(
            "told %d it listened on %s, told %d on %s"
                .formatted(first.port(), before, second.port(), after))
        : new Finding.Broken(
            "told %d it listened on %s, told %d on %s"
                .formatted(first.port(), before, second.port(), after));
  }

  private static Set<Integer> ports(Running running) {
    return running.process().listening().stream()
        .map(Listening::port)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
