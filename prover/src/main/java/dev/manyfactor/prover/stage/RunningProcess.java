package dev.manyfactor.prover.stage;

import dev.manyfactor.formation.Probe;
import dev.manyfactor.formation.ProcessType;
import dev.manyfactor.prover.observe.Observed;
import dev.manyfactor.prover.observe.OutputLine;
import dev.manyfactor.prover.outcome.Transcript;
import dev.manyfactor.prover.trial.Call;
import dev.manyfactor.prover.trial.Exchange;
import dev.manyfactor.prover.trial.Held;
import dev.manyfactor.prover.trial.Readiness;
import dev.manyfactor.prover.trial.Running;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/// A process of the service in a scene; what is done with it goes into the transcript.
final class RunningProcess implements Running {
  private static final Pattern FRAME = Pattern.compile("^\\s+at "); // of a stack trace
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration SETTLED = Duration.ofMillis(500);
  private static final int LAST_LINES = 3;

  private final Observed process;
  private final Seat seat;
  private final Transcript transcript;
  private final LongSupplier nanos;

  /// Where a process was told to be.
  ///
  /// @param scratch the folder that it may write to
  /// @param port 0 if it serves nobody
  /// @param response how long an answer may take
  record Seat(
      String label, ProcessType type, Path scratch, int port, int management, Duration response) {
    Probe probe() {
      return Probe.of(type, port, management);
    }

    Seat called(String other) {
      return new Seat(other, type, scratch, port, management, response);
    }
  }

  RunningProcess(Observed process, Seat seat, Transcript transcript, LongSupplier nanos) {
    this.process = process;
    this.seat = seat;
    this.transcript = transcript;
    this.nanos = nanos;
  }

  @Override
  public String label() {
    return seat.label();
  }

  /// The same process under another name in another transcript.
  RunningProcess seenAs(String label, Transcript other) {
    return new RunningProcess(process, seat.called(label), other, nanos);
  }

  @Override
  public Observed process() {
    return process;
  }

  @Override
  public Path scratch() {
    return seat.scratch();
  }

  @Override
  public int port() {
    return seat.port();
  }

  @Override
  public int managementPort() {
    return seat.management();
  }

  @Override
  public Readiness awaitReady(Duration patience) throws InterruptedException {
    Probe probe = seat.probe();
    while (true) {
      Optional<String> reason = whyNotReady(probe);
      Duration elapsed = Duration.ofNanos(nanos.getAsLong() - process.started());
      if (process.exitCode().isPresent()) {
        return told(new Readiness.Exited(process.exitCode().getAsInt(), elapsed, lastWords()));
      }
      if (reason.isEmpty()) {
        return told(new Readiness.Ready(elapsed));
      }
      if (elapsed.compareTo(patience) >= 0) {
        return told(new Readiness.NotReady(elapsed, reason.get()));
      }
      Thread.sleep(POLL);
    }
  }

  @Override
  public boolean isReady() throws InterruptedException {
    return process.exitCode().isEmpty() && whyNotReady(seat.probe()).isEmpty();
  }

  /// A process that nothing can be asked of counts as ready once it has lived for a moment.
  private Optional<String> whyNotReady(Probe probe) throws InterruptedException {
    if (probe.readiness() instanceof ProcessType.Readiness.None) {
      Duration age = Duration.ofNanos(nanos.getAsLong() - process.started());
      return age.compareTo(SETTLED) < 0 ? Optional.of("it has just started") : Optional.empty();
    }
    Optional<String> reason = probe.whyNotReady();
    return reason.isPresent() ? reason : somebodyElse();
  }

  /// An answer counts only if it is the process itself, or one that it has started, that listens:
  /// ports of this machine are also chosen by others.
  private Optional<String> somebodyElse() {
    int asked =
        seat.type().readiness() instanceof ProcessType.Readiness.Management
            ? seat.management()
            : seat.port();
    return process.listening().stream().anyMatch(listening -> listening.port() == asked)
        ? Optional.empty()
        : Optional.of("another process of this machine listens on port " + asked);
  }

  private Readiness told(Readiness readiness) {
    transcript.add(
        label(),
        switch (readiness) {
          case Readiness.Ready(var after) -> "ready after " + after.toMillis() + " ms";
          case Readiness.Exited(var code, var after, var words) ->
              "ended with exit code %d after %d ms: %s".formatted(code, after.toMillis(), words);
          case Readiness.NotReady(var after, var answer) ->
              "not ready after %d ms: %s".formatted(after.toMillis(), answer);
        });
    return readiness;
  }

  private String lastWords() throws InterruptedException {
    var _ = process.awaitExit(POLL);
    List<String> lines =
        process.output().lines().stream()
            .map(OutputLine::text)
            .filter(text -> !text.isBlank() && !FRAME.matcher(text).find())
            .toList();
    String words =
        String.join(" ⏎ ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    return words.isBlank() ? "it wrote nothing" : words;
  }

  @Override
  public Exchange send(Call call, Duration patience) {
    return told(new Conversation(seat.port(), nanos).send(call, patience));
  }

  @Override
  public Exchange send(Call call) {
    return send(call, seat.response().multipliedBy(3).dividedBy(2));
  }

  @Override
  public Exchange sendUnrecorded(Call call, Duration patience) {
    return new Conversation(seat.port(), nanos).send(call, patience);
  }

  @Override
  public Exchange askUnrecorded(Call call, Duration patience) {
    return new Conversation(seat.management(), nanos).send(call, patience);
  }

  @Override
  public Exchange ask(Call call) {
    return told(new Conversation(seat.management(), nanos).send(call, seat.response()));
  }

  private Exchange told(Exchange exchange) {
    transcript.addAt(exchange.began(), "client", exchange + " from " + label());
    return exchange;
  }

  @Override
  public Held hold(Call call) throws InterruptedException {
    return HalfRequest.start(new Conversation(seat.port(), nanos), call, transcript, label());
  }
}
