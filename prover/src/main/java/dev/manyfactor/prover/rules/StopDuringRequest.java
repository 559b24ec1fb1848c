package dev.manyfactor.prover.rules;

import dev.manyfactor.prover.observe.Observed;
import dev.manyfactor.prover.observe.ProcessFact;
import dev.manyfactor.prover.outcome.Control;
import dev.manyfactor.prover.outcome.Transcript;
import dev.manyfactor.prover.trial.Exchange;
import dev.manyfactor.prover.trial.Running;
import dev.manyfactor.prover.trial.Scene;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// SIGTERM during a request, and what came of it.
///
/// @param held for how long after the signal the request was kept from being answered
/// @param open for how long it was kept so in all
/// @param answer what it was answered in the end
record StopDuringRequest(
    InFlight request, Duration held, Duration open, Exchange answer, Ending ending) {

  /// How a process ended.
  ///
  /// @param after how long after the signal; empty if it had not when the limit was over
  /// @param code with which code; -1 if it did not
  /// @param left what it has started and still lived when the limit was over, if it ended itself
  /// @param limit within which all of it has to end
  record Ending(Optional<Duration> after, int code, List<ProcessFact> left, Duration limit) {
    /// Copies what could change.
    Ending {
      left = List.copyOf(left);
    }

    /// Waits for it.
    ///
    /// @param signalled when the signal was sent, since the trial began
    static Ending of(Observed process, Transcript clock, Duration signalled, Duration limit)
        throws InterruptedException {
      Duration until = signalled.plus(limit);
      while (process.exitCode().isEmpty() && clock.elapsed().compareTo(until) < 0) {
        Thread.sleep(10);
      }
      if (process.exitCode().isEmpty()) {
        return new Ending(Optional.empty(), -1, List.of(), limit);
      }
      Duration after = clock.elapsed().minus(signalled);
      int code = process.exitCode().getAsInt();
      while (!process.tree().isEmpty() && clock.elapsed().compareTo(until) < 0) {
        Thread.sleep(50);
      }
      return new Ending(Optional.of(after), code, process.tree(), limit);
    }

    /// What is wrong with it; empty if nothing is.
    Optional<String> wrong() {
      if (after.isEmpty()) {
        return Optional.of("the process still ran %d ms after SIGTERM".formatted(limit.toMillis()));
      }
      return left.isEmpty()
          ? Optional.empty()
          : Optional.of(
              "`%s`, which the process had started, still ran %d ms after SIGTERM"
                  .formatted(String.join(" ", left.getFirst().arguments()), limit.toMillis()));
    }

    @Override
    public String toString() {
      return after
          .map(time ->
              "ended %d ms after SIGTERM with exit code %d".formatted(time.toMillis(), code))
          .orElse("still runs %d ms after SIGTERM".formatted(limit.toMillis()));
    }
  }

  /// How to stop a process.
  ///
  /// @param to who is told
  /// @param send sends SIGTERM
  /// @param hold how long a request is kept from being answered after it, shorter if the service
  ///   gives up on it
  record Signal(String to, Runnable send, Duration hold) {}

  /// Sends the signal, keeps the request from being answered for a while, then lets it go, and
  /// waits for the end; control C1 is that there was no answer when the signal came.
  static StopDuringRequest of(Scene scene, Running running, InFlight request, Signal signal)
      throws InterruptedException {
    Duration limit = scene.bench().manifest().proving().deadlines().stop();
    scene.transcript().add("prover", "SIGTERM to " + signal.to());
    boolean inFlight = !request.held().isAnswered();
    Duration signalled = scene.transcript().elapsed();
    signal.send().run();
    boolean gone = InFlight.isAnswered(request.held(), scene, signal.hold());
    Duration held = scene.transcript().elapsed().minus(signalled);
    if (inFlight) {
      scene.holds(
          Control.REACHED,
          "%s had no answer when SIGTERM came%s"
              .formatted(request, gone ? "" : ", nor %d ms later".formatted(held.toMillis())));
    }
    Duration open = scene.transcript().elapsed().minus(request.since());
    Exchange answer = request.held().finish(limit);
    Ending ending = Ending.of(running.process(), scene.transcript(), signalled, limit);
    scene.transcript().add(running.label(), ending.toString());
    return new StopDuringRequest(request, held, open, answer, ending);
  }

  /// What is wrong with it; empty if the answer is whole and a success, and all has ended.
  Optional<String> wrong() {
    return answer.succeeded()
        ? ending.wrong().map(late -> "%s got its answer, but %s".formatted(request, late))
        : Optional.of(
            "%s was in flight when SIGTERM came, and was let go after %d ms; its whole answer was to come, with 2xx, but: %s"
                .formatted(request, held.toMillis(), answer));
  }

  @Override
  public String toString() {
    return "%s, let go %d ms after SIGTERM, was answered %d with %d characters; the process %s"
        .formatted(request, held.toMillis(), answer.status(), answer.body().length(), ending);
  }
}
