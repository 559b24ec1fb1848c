package dev.manyfactor.prover.rules;

import com.google.auto.service.AutoService;
import dev.manyfactor.formation.Ports;
import dev.manyfactor.formation.ProcessType;
import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.outcome.Reason;
import dev.manyfactor.prover.trial.Bench;
import dev.manyfactor.prover.trial.Exchange;
import dev.manyfactor.prover.trial.Rule;
import dev.manyfactor.prover.trial.Running;
import dev.manyfactor.prover.trial.Scene;
import dev.manyfactor.prover.trial.Start;
import dev.manyfactor.prover.trial.Trial;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// 07-2: a second instance, with other ports and nothing else that differs, runs beside the first.
///
/// Both have the same folder to write to, as on one host; so a lock or a PID file in it is found,
/// also of a process type that serves nobody.
@AutoService(Rule.class)
public final class CoexistsOnOneHost implements Rule {
  @Override
  public String requirement() {
    return "07-2";
  }

  @Override
  public List<Trial> trials(Bench bench) {
    List<ProcessType> types = bench.manifest().programs().processes();
    return types.stream()
        .limit(bench.choose(types.size(), 1))
        .map(type -> new Trial("two of " + type.name(), scene -> startBoth(scene, type)))
        .toList();
  }

  private static Finding startBoth(Scene scene, ProcessType type) throws InterruptedException {
    Start start = Start.of(type.name()).sharing();
    Running first = scene.start(start.as(type.name() + " A"));
    Optional<String> wrong = Instance.whyNotUp(scene, type, first);
    if (wrong.isPresent()) {
      return alone(first, wrong.get());
    }
    Running second = scene.start(otherPorts(scene, start, first).as(type.name() + " B"));
    Optional<String> refusal = Instance.whyNotUp(scene, type, second);
    if (refusal.isPresent()) {
      return refused(scene, type, second, refusal.get());
    }
    return together(scene, type, List.of(first, second));
  }

  /// The first one has the host to itself; yet the prover may run another elsewhere, for another
  /// rule.
  private static Finding alone(Running first, String why) {
    Optional<String> taken = LastWords.thatAPortIsTaken(first);
    if (taken.isPresent() && OpenPorts.isFree(first.port())) {
      return new Finding.Broken(
          "an instance whose ports are free ended for want of another one, which another instance"
              + " holds: "
              + taken.get());
    }
    return new Finding.Undecided(Reason.UNREACHED, "already the first instance " + why);
  }

  /// Variables of the manifest that name a port differ as PORT does.
  private static Start otherPorts(Scene scene, Start start, Running first) {
    Start other = start;
    OpenPorts open = OpenPorts.of(scene, start, first);
    for (Map.Entry<String, Integer> variable : OpenPorts.variables(scene, start).entrySet()) {
      if (open.all().contains(variable.getValue())) {
        other = other.with(variable.getKey(), String.valueOf(Ports.free()));
      }
    }
    return other;
  }

  /// Whether it is the first one that keeps the second from running: alone it must run.
  private static Finding refused(Scene scene, ProcessType type, Running second, String why)
      throws InterruptedException {
    Finding broken =
        new Finding.Broken(
            "with one %s running, a second one with other ports %s".formatted(type.name(), why));
    if (LastWords.thatAPortIsTaken(second).isPresent() && OpenPorts.isFree(second.port())) {
      return broken;
    }
    Running control = scene.start(Start.of(type.name()).as(type.name() + " apart"));
    return Instance.whyNotUp(scene, type, control).isEmpty()
        ? broken
        : new Finding.Undecided(
            Reason.UNREACHED, "a second instance %s, and so does one apart".formatted(why));
  }

  private static Finding together(Scene scene, ProcessType type, List<Running> both)
      throws InterruptedException {
    StringBuilder seen = new StringBuilder();
    for (Running running : both) {
      Optional<String> wrong = Instance.whyNotUp(scene, type, running);
      if (wrong.isPresent()) {
        return new Finding.Broken(
            "with two running, %s %s".formatted(running.label(), wrong.get()));
      }
      Optional<Requests> requests =
          Instance.isAsked(scene, type) ? Requests.of(scene, running) : Optional.empty();
      if (requests.isPresent()) {
        Exchange exchange = requests.get().send(running, requests.get().next(true));
        if (exchange.status() < 0 || exchange.status() >= 400) {
          return new Finding.Broken(
              "with two running, %s does not answer: %s".formatted(running.label(), exchange));
        }
        seen.append("; ").append(exchange).append(" from ").append(running.label());
      }
    }
    return new Finding.Survived("both were up at the same time, in one scratch folder" + seen);
  }
}
