package dev.manyfactor.prover.rules;

import com.google.auto.service.AutoService;
import dev.manyfactor.formation.ProcessType;
import dev.manyfactor.prover.observe.Observed;
import dev.manyfactor.prover.outcome.Control;
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

/// 07-3: told a port that is taken, it ends with a code other than 0, and takes no other one.
@AutoService(Rule.class)
public final class EndsWhereItsPortIsTaken implements Rule {
  @Override
  public String requirement() {
    return "07-3";
  }

  @Override
  public Applicability antecedent(Bench bench) {
    return Serving.applicability(bench);
  }

  @Override
  public Set<Control> controls() {
    return Set.of(Control.REACHED);
  }

  @Override
  public List<Trial> trials(Bench bench) {
    return Serving.types(bench).stream()
        .map(type -> new Trial(type.name(), scene -> onTakenPort(scene, type)))
        .toList();
  }

  private static Finding onTakenPort(Scene scene, ProcessType type) throws InterruptedException {
    Start start;
    Running running;
    Finding finding;
    try (TakenPort taken = TakenPort.take()) {
      scene.transcript().add("prover", "takes port " + taken.port());
      start = Start.of(type.name()).on(taken.port());
      running = scene.start(start);
      finding = found(scene, start, running);
    }
    if (finding instanceof Finding.Survived && !isNamed(running)) {
      var _ = scene.startReady(start.as(type.name() + ", once the port is free"));
      scene.holds(Control.REACHED, "started again with the port free, it became ready");
    } else {
      scene.holds(
          Control.REACHED, "the port was taken before the start; " + LastWords.ofThePort(running));
    }
    return finding;
  }

  /// Whether its own words say that it ended for the port, and for nothing else.
  private static boolean isNamed(Running running) {
    return LastWords.thatAPortIsTaken(running).isPresent();
  }

  private static Finding found(Scene scene, Start start, Running running)
      throws InterruptedException {
    Duration limit = scene.bench().manifest().proving().deadlines().ready();
    Observed process = running.process();
    boolean inTime = process.awaitExit(limit);
    OpenPorts ports = OpenPorts.of(scene, start, running);
    if (!ports.others().isEmpty()) {
      return broken(running, "listens on %s instead".formatted(OpenPorts.words(ports.others())));
    }
    if (ports.isWhereTold()) {
      return new Finding.Undecided(
          Reason.UNREACHED,
          "it listens on port %d of an address other than the loopback one, where it was free; let"
                  .formatted(running.port())
              + " HOST name the address");
    }
    if (!inTime && !process.awaitExit(limit)) {
      return broken(running, "still runs after %d s".formatted(2 * limit.toSeconds()));
    }
    return ended(running, limit, inTime);
  }

  private static Finding ended(Running running, Duration limit, boolean inTime) {
    int code = running.process().exitCode().orElse(0);
    if (code == 0) {
      return broken(running, "ended with exit code 0, as if all were well");
    }
    String words = LastWords.ofThePort(running);
    return inTime
        ? new Finding.Survived("it ended with exit code %d: %s".formatted(code, words))
        : new Finding.Undecided(
            Reason.NOISY,
            "it ended with exit code %d, but not within %d s; raise deadlines.ready, or start it on"
                    .formatted(code, limit.toSeconds())
                + " a machine that is less busy");
  }

  private static Finding broken(Running running, String what) {
    return new Finding.Broken(
        "told port %d, which is taken, it %s; it must end with another exit code than 0: %s"
            .formatted(running.port(), what, LastWords.ofThePort(running)));
  }
}
