package dev.manyfactor.prover.rules;

import com.google.auto.service.AutoService;
import dev.manyfactor.prover.observe.Listening;
import dev.manyfactor.prover.observe.ProcessFact;
import dev.manyfactor.prover.outcome.Control;
import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.outcome.Reason;
import dev.manyfactor.prover.rules.StopDuringRequest.Ending;
import dev.manyfactor.prover.rules.StopDuringRequest.Signal;
import dev.manyfactor.prover.trial.Applicability;
import dev.manyfactor.prover.trial.Bench;
import dev.manyfactor.prover.trial.Exchange;
import dev.manyfactor.prover.trial.Rule;
import dev.manyfactor.prover.trial.Running;
import dev.manyfactor.prover.trial.Scene;
import dev.manyfactor.prover.trial.Start;
import dev.manyfactor.prover.trial.Trial;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// 09-2: SIGTERM during a request, and the request still gets its answer; then the process ends.
///
/// The signal goes to the process that the command starts, and to no other, as a platform sends it.
/// Half of the trials let the request go soon, the others after the delay that the prover grants
/// for a drain, so that a service which serves on for a while and then cuts is found too.
///
/// What fails is tried again in two ways before it counts. Without the signal: a service that does
/// not wait so long for the rest of a request has not shown anything. And with the signal sent to
/// the process that listens, where that is another one: then it is the launcher in front that
/// fails, which is named.
@AutoService(Rule.class)
public final class FinishesWhatItHasBegun implements Rule {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final String NOTHING_TO_HOLD =
      "no sample of the manifest can be held open during a stop; add one with a body, or one that asks a dependency";

  @Override
  public String requirement() {
    return "09-2";
  }

  @Override
  public Set<Control> controls() {
    return Set.of(Control.BASELINE, Control.REACHED);
  }

  @Override
  public int atOnce() {
    return 3; // nearly all of a trial is waiting
  }

  @Override
  public Applicability antecedent(Bench bench) {
    if (bench.subject().web().isEmpty()) {
      return new Applicability.DoesNotApply("no process type of the manifest serves");
    }
    return bench.manifest().samples().isEmpty()
        ? new Applicability.CannotTell(Reason.NO_PROBE_OPERATION, NOTHING_TO_HOLD)
        : Applicability.applies();
  }

  @Override
  public List<Trial> trials(Bench bench) {
    int trials = bench.choose(10, 2);
    return IntStream.range(0, trials)
        .mapToObj(number ->
            new Trial(
                "%d of %d".formatted(number + 1, trials), scene -> stop(scene, number % 2 == 0)))
        .toList();
  }

  private static Finding stop(Scene scene, boolean longer) throws InterruptedException {
    Running web = started(scene, "web");
    boolean isLaunched = serverBehindLauncher(web).isPresent();
    Optional<InFlight> request = InFlight.at(web, scene);
    if (request.isEmpty()) {
      web.process().close();
      return idle(scene);
    }
    Duration hold = longer ? request.get().longest() : SHORT;
    Signal signal = new Signal("the process", web.process()::terminate, hold);
    StopDuringRequest stop = StopDuringRequest.of(scene, web, request.get(), signal);
    web.process().close();
    Optional<String> wrong = stop.wrong();
    if (wrong.isEmpty()) {
      return new Finding.Survived(stop.toString());
    }
    Optional<Finding> unfair =
        stop.answer().succeeded() ? Optional.empty() : unsignalled(scene, stop.open());
    return unfair.isPresent()
        ? unfair.get()
        : new Finding.Broken(isLaunched ? launched(scene, hold, wrong.get()) : wrong.get());
  }

  /// Where nothing can be held open a stop shows this much: what does not end while it is idle does
  /// not end during a request either.
  private static Finding idle(Scene scene) throws InterruptedException {
    Running web = started(scene, "idle web");
    Duration limit = scene.bench().manifest().proving().deadlines().stop();
    scene.holds(Control.BASELINE, "it was ready before the stop");
    scene.holds(Control.REACHED, "it ran when SIGTERM came");
    scene.transcript().add("prover", "SIGTERM to " + web.label());
    Duration signalled = scene.transcript().elapsed();
    web.process().terminate();
    Ending ending = Ending.of(web.process(), scene.transcript(), signalled, limit);
    scene.transcript().add(web.label(), ending.toString());
    Optional<String> wrong = ending.wrong();
    return wrong.isPresent()
        ? new Finding.Broken("no request was in flight, and " + wrong.get())
        : new Finding.Undecided(Reason.NO_PROBE_OPERATION, NOTHING_TO_HOLD);
  }

  private static Running started(Scene scene, String label) throws InterruptedException {
    String process = scene.bench().subject().web().orElseThrow().name();
    return scene.startReady(Start.of(process).as(label));
  }

  /// Holds a request as long in all, and sends no signal.
  ///
  /// @return a finding if it does not succeed then either
  private static Optional<Finding> unsignalled(Scene scene, Duration open)
      throws InterruptedException {
    Running web = started(scene, "web without a signal");
    Optional<InFlight> request = InFlight.at(web, scene);
    String came = "it could not be held";
    if (request.isPresent()) {
      Thread.sleep(open); // beside the time that beginning it took
      Duration patience = scene.bench().manifest().proving().deadlines().response();
      Exchange answer = request.get().held().finish(patience);
      if (answer.succeeded()) {
        web.process().close();
        return Optional.empty();
      }
      came = answer.toString();
    }
    return Optional.of(
        new Finding.Undecided(
            Reason.UNREACHED,
            "a request that is held for %d ms does not succeed without a signal either: %s"
                .formatted(open.toMillis(), came)));
  }

  /// The process that listens, if the one that was started does not.
  private static Optional<ProcessFact> serverBehindLauncher(Running web) {
    Set<Long> listening =
        web.process().listening().stream()
            .filter(socket -> socket.port() == web.port())
            .map(Listening::pid)
            .collect(Collectors.toSet());
    return listening.contains(web.process().pid())
        ? Optional.empty()
        : web.process().tree().stream()
            .filter(process -> listening.contains(process.pid()))
            .filter(process -> !listening.contains(process.parent()))
            .findFirst();
  }

  /// Signals the process that listens instead, and says what that tells of the launcher.
  private static String launched(Scene scene, Duration hold, String wrong)
      throws InterruptedException {
    Running web = started(scene, "web behind its launcher");
    Optional<ProcessFact> server = serverBehindLauncher(web);
    Optional<InFlight> request = InFlight.at(web, scene);
    if (request.isEmpty() || server.isEmpty()) {
      return wrong;
    }
    String name = String.join(" ", server.get().arguments());
    Runnable send = () -> ProcessHandle.of(server.get().pid()).ifPresent(ProcessHandle::destroy);
    StopDuringRequest stop =
        StopDuringRequest.of(
            scene, web, request.get(), new Signal("only `" + name + "`", send, hold));
    return stop.wrong().isPresent()
        ? wrong
        : "%s; it is the launcher `%s` that does not pass the signal on: sent to `%s` itself, all is well"
            .formatted(wrong, scene.bench().subject().web().orElseThrow().command().line(), name);
  }
}
