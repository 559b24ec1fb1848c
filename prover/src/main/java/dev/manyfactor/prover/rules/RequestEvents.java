package dev.manyfactor.prover.rules;

import dev.manyfactor.prover.observe.Output;
import dev.manyfactor.prover.observe.OutputLine;
import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.outcome.Reason;
import dev.manyfactor.prover.trial.Exchange;
import dev.manyfactor.prover.trial.Running;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Sends requests one by one, and waits after each for a line of the output.
///
/// A line speaks of a request when it has its trace or its path; where the lines of the first
/// request do not, any line counts, as long as the service is silent otherwise. Used by one thread.
final class RequestEvents {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration AFTER_A_MISS = Duration.ofMillis(300);
  private static final Duration SILENCE = Duration.ofMillis(600);
  private static final Duration REST = Duration.ofMillis(20); // for further lines of a request

  private final Running running;
  private final Output output;
  private final Requests requests;
  private final boolean isNoisy;
  private final List<String> unheard = new ArrayList<>();
  private int sent;
  private int onStandardError;
  private boolean namesRequests;

  /// Listens to a service that is asked nothing for a moment.
  RequestEvents(Running running, Requests requests) throws InterruptedException {
    this.running = running;
    this.output = running.process().output();
    this.requests = requests;
    Thread.sleep(SILENCE);
    int before = output.lines().size();
    Thread.sleep(SILENCE);
    this.isNoisy = output.lines().size() > before;
  }

  /// Sends some.
  void send(int times) throws InterruptedException {
    for (int time = 0; time < times; time++) {
      sendOne();
    }
  }

  private void sendOne() throws InterruptedException {
    Requests.Traced request = requests.next(true);
    int before = output.lines().size();
    Exchange exchange = requests.send(running, request);
    Optional<OutputLine> line =
        output.await(
            before,
            candidate -> !namesRequests || request.isNamedIn(candidate),
            unheard.isEmpty() ? PATIENCE : AFTER_A_MISS);
    Thread.sleep(REST);
    if (sent == 0) {
      List<OutputLine> now = output.lines();
      namesRequests = now.subList(before, now.size()).stream().anyMatch(request::isNamedIn);
    }
    sent++;
    line.ifPresentOrElse(
        heard -> onStandardError += heard.stream() == OutputLine.Stream.STDERR ? 1 : 0,
        () -> unheard.add(exchange.toString()));
  }

  /// What is wrong with what came; empty if each request was heard of.
  ///
  /// @param late lines that came only with the end of the process
  Optional<Finding> whatIsWrong(List<OutputLine> late) {
    if (isNoisy && !namesRequests) {
      return Optional.of(
          new Finding.Undecided(
              Reason.NOISY,
              "it writes lines without being asked, and none that names the path or the trace of a"
                  + " request; let the event of a request name its path"));
    }
    if (unheard.isEmpty() || (unheard.size() == sent && late.size() >= sent)) {
      return Optional.empty(); // what is held back to the end is a matter of 11-4
    }
    return Optional.of(
        new Finding.Broken(
            "%d of %d requests gave no line on the output, the first of them %s"
                .formatted(unheard.size(), sent, unheard.getFirst())));
  }

  /// How many were sent.
  int sent() {
    return sent;
  }

  @Override
  public String toString() {
    String error =
        onStandardError == 0 ? "" : ", %d of them on the standard error".formatted(onStandardError);
    return unheard.isEmpty()
        ? "each of %d requests gave a line%s".formatted(sent, error)
        : "%d requests gave their lines only at the end".formatted(sent);
  }
}
