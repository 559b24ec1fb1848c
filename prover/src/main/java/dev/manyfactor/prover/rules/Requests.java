package dev.manyfactor.prover.rules;

import dev.manyfactor.formation.Manifest;
import dev.manyfactor.prover.observe.OutputLine;
import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.outcome.Reason;
import dev.manyfactor.prover.trial.Call;
import dev.manyfactor.prover.trial.Exchange;
import dev.manyfactor.prover.trial.Running;
import dev.manyfactor.prover.trial.Scene;
import dev.manyfactor.prover.trial.Subject;
import dev.manyfactor.prover.trial.Visitor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Requests that a service answers: its samples that make and that read by turns, or `GET /` where
/// it has none.
///
/// Used by one thread.
final class Requests {
  private static final int FIRST_REFUSAL = 400;

  private final Scene scene;
  private final List<Manifest.Sample> samples;
  private final Visitor visitor = new Visitor(); // a sample may need what another one was given
  private int made;

  private Requests(Scene scene, List<Manifest.Sample> samples) {
    this.scene = scene;
    this.samples = samples;
  }

  /// Those of a service; empty if it has no sample and answers nothing at `/` either.
  static Optional<Requests> of(Scene scene, Running running) throws InterruptedException {
    Subject subject = scene.bench().subject();
    List<Manifest.Sample> samples =
        Stream.concat(subject.create().stream(), subject.read().stream()).toList();
    if (samples.isEmpty()) {
      Exchange answer = running.send(Call.get("/"));
      if (answer.status() < 0 || answer.status() >= FIRST_REFUSAL) {
        return Optional.empty();
      }
    }
    return Optional.of(new Requests(scene, samples));
  }

  /// What to say when there are none.
  static Finding none() {
    return new Finding.Undecided(
        Reason.NO_PROBE_OPERATION,
        "GET / is not answered with a success, and the manifest has no sample that reads or makes"
            + " something; add one under `samples`");
  }

  /// The next one, as nobody has sent it before, and a trace of its own.
  ///
  /// @param isSampled whether its trace is to be kept by whoever keeps only some
  Traced next(boolean isSampled) {
    Call call = samples.isEmpty() ? Call.get("/") : scene.call(samples.get(made % samples.size()));
    made++;
    String trace = hexadecimal() + hexadecimal();
    String parent = "00-%s-%s-%s".formatted(trace, hexadecimal(), isSampled ? "01" : "00");
    return new Traced(call.with("traceparent", parent), trace);
  }

  /// Sends one, and waits for the whole answer.
  Exchange send(Running running, Traced request) throws InterruptedException {
    return visitor.send(running, request.call());
  }

  /// Whether a line of a file has the path of one of them.
  boolean areNamedIn(String line) {
    return samples.stream()
        .map(sample -> sample.path().split("[?{]", 2)[0])
        .anyMatch(path -> path.length() > 1 && line.contains(path));
  }

  private String hexadecimal() {
    return "%016x".formatted(scene.bench().random().nextLong() | 1);
  }

  /// A request.
  ///
  /// @param trace the id of its trace
  record Traced(Call call, String trace) {
    /// Its path without a query, as logs write it.
    private String path() {
      return call.path().split("\\?", 2)[0];
    }

    /// Whether a line speaks of it, or of another one to the same path.
    boolean isNamedIn(OutputLine line) {
      return carriesTrace(line) || (path().length() > 1 && line.text().contains(path()));
    }

    /// Whether a line has the id of its trace.
    boolean carriesTrace(OutputLine line) {
      return line.text().toLowerCase(Locale.ROOT).contains(trace);
    }
  }
}
