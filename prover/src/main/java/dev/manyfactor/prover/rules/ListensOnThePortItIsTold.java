package dev.manyfactor.prover.rules;

import com.google.auto.service.AutoService;
import dev.manyfactor.formation.ProcessType;
import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.outcome.Reason;
import dev.manyfactor.prover.trial.Applicability;
import dev.manyfactor.prover.trial.Bench;
import dev.manyfactor.prover.trial.Readiness;
import dev.manyfactor.prover.trial.Rule;
import dev.manyfactor.prover.trial.Running;
import dev.manyfactor.prover.trial.Scene;
import dev.manyfactor.prover.trial.Start;
import dev.manyfactor.prover.trial.Trial;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// 07-1: told another port, it listens there, no longer on the former one, and on no port that
/// nobody told it.
///
/// It asks sockets, not answers, so that it also finds what a service does that never gets ready.
@AutoService(Rule.class)
public final class ListensOnThePortItIsTold implements Rule {
  private static final Duration LATECOMERS = Duration.ofMillis(300); // listeners opened last

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
    return Serving.applicability(bench);
  }

  @Override
  public List<Trial> trials(Bench bench) {
    return Serving.types(bench).stream()
        .map(type -> new Trial(type.name(), scene -> startTwice(scene, type)))
        .toList();
  }

  private static Finding startTwice(Scene scene, ProcessType type) throws InterruptedException {
    Start start = Start.of(type.name());
    Running first = scene.start(start.as("first " + type.name()));
    Optional<Finding> wrong = whatIsWrong(scene, start, first);
    if (wrong.isPresent()) {
      return wrong.get();
    }
    first.process().close();
    scene.transcript().add("prover", "the first is ended, and started again with another port");
    Running second = scene.start(start.as("second " + type.name()));
    return whatIsWrong(scene, start, second)
        .orElseGet(() ->
            new Finding.Survived(
                "told %d it listened there, then told %d it listened there, and on no other port"
                    .formatted(first.port(), second.port())));
  }

  private static Optional<Finding> whatIsWrong(Scene scene, Start start, Running running)
      throws InterruptedException {
    Readiness readiness = awaited(scene, start, running);
    OpenPorts ports = OpenPorts.of(scene, start, running);
    if (readiness instanceof Readiness.Exited exited) {
      return Optional.of(ended(running, exited));
    }
    if (ports.isWhereTold() && ports.others().isEmpty()) {
      return readiness instanceof Readiness.NotReady(_, var answer)
          ? Optional.of(unready(ports, answer))
          : Optional.empty();
    }
    String told = "told port %d, it listens on ".formatted(ports.told());
    if (!ports.others().isEmpty()) {
      return Optional.of(
          new Finding.Broken(
              ports.isWhereTold()
                  ? told + "%s, too, which no variable names".formatted(words(ports))
                  : told + "%s instead".formatted(words(ports))));
    }
    return Optional.of(
        new Finding.Undecided(
            Reason.UNREACHED, told + "no port of its own: %s".formatted(LastWords.of(running))));
  }

  private static Finding unready(OpenPorts ports, String answer) {
    return new Finding.Undecided(
        Reason.UNREACHED,
        "told port %d, it listens there, but it never became ready: %s"
            .formatted(ports.told(), answer));
  }

  private static String words(OpenPorts ports) {
    return OpenPorts.words(ports.others());
  }

  /// Waits until it is ready, or not in time, and then until it listens somewhere, or long enough.
  private static Readiness awaited(Scene scene, Start start, Running running)
      throws InterruptedException {
    Duration declared = scene.bench().manifest().proving().deadlines().ready();
    Readiness readiness = running.awaitReady(declared.multipliedBy(3).dividedBy(2));
    long rounds = declared.multipliedBy(2).dividedBy(LATECOMERS);
    for (long round = 0; round < rounds && isSilent(scene, start, running); round++) {
      Thread.sleep(LATECOMERS);
    }
    Thread.sleep(LATECOMERS);
    boolean endedSince =
        running.process().exitCode().isPresent() && !(readiness instanceof Readiness.Exited);
    return endedSince ? running.awaitReady(declared) : readiness;
  }

  private static boolean isSilent(Scene scene, Start start, Running running) {
    OpenPorts ports = OpenPorts.of(scene, start, running);
    return running.process().exitCode().isEmpty()
        && !ports.isWhereTold()
        && ports.others().isEmpty();
  }

  /// A port that is taken, when the one that it was told is free, is another one.
  private static Finding ended(Running running, Readiness.Exited exited) {
    Optional<String> taken = LastWords.thatAPortIsTaken(running);
    if (taken.isPresent() && OpenPorts.isFree(running.port())) {
      return new Finding.Broken(
          "told port %d, which is free, it ended for want of another one: %s"
              .formatted(running.port(), taken.get()));
    }
    return new Finding.Undecided(
        Reason.UNREACHED,
        "it ended with exit code %d before it listened: %s"
            .formatted(exited.code(), LastWords.of(running)));
  }
}
