package dev.manyfactor.prover.rules;

import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.outcome.Reason;
import dev.manyfactor.prover.outcome.Transcript;
import dev.manyfactor.prover.rules.SteadyRequests.Sent;
import dev.manyfactor.prover.trial.Exchange.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What requests met during a stop, each on a connection of its own, and what questions whether the
/// service is ready were answered.
///
/// Which connection was accepted? The kernel completes connections before the service knows of
/// them, and when the listener closes it resets those that still wait in its queue. No service can
/// help one that comes while it closes; so a connection that is lost, and was made at most [#QUEUE]
/// before the last one that was not refused, is counted and reported and not held against it. A
/// service that keeps its listener open and takes nobody from the queue loses older ones, which
/// are.
///
/// @param stopped when SIGTERM was sent, since the trial began
/// @param questions empty where nothing tells of readiness
record Drain(Duration stopped, List<Sent> requests, List<Sent> questions) {
  private static final Duration QUEUE = Duration.ofMillis(250);
  private static final Duration TOO_SHORT = Duration.ofMillis(100);
  private static final int TOLD = 10;
  private static final String TELLS_NOBODY =
      "; that is too short to be told from nothing: serve on for a second, and balancers notice";

  Drain {
    requests = List.copyOf(requests);
    questions = List.copyOf(questions);
  }

  /// Why a stop would tell nothing, by what came before it; empty if all is well.
  static Optional<String> whyNot(List<Sent> requests, List<Sent> questions) {
    Optional<Sent> lost = requests.stream().filter(sent -> !sent.isAnswered()).findFirst();
    if (requests.isEmpty() || lost.isPresent()) {
      return Optional.of(
          "the service does not answer requests that come one after the other: "
              + lost.map(sent -> sent.exchange().toString()).orElse("not one was answered"));
    }
    return questions.stream()
        .filter(sent -> !sent.exchange().succeeded())
        .findFirst()
        .map(sent -> "it was not ready before the stop: " + sent.exchange());
  }

  /// The verdict.
  Finding finding() {
    List<Sent> lost = lost(true);
    if (!lost.isEmpty()) {
      return new Finding.Broken(
          "a connection that was made %s was to be answered, but: %s; %d of %d requests were lost so"
              .formatted(
                  sinceStop(lost.getFirst().at()),
                  lost.getFirst().exchange(),
                  lost.size(),
                  requests.size()));
    }
    if (closed().isEmpty()) {
      return new Finding.Undecided(
          Reason.UNREACHED,
          "connections were still accepted at the end of the time for a stop, so nothing is known of the end; see 09-2");
    }
    if (questions.isEmpty()) {
      return new Finding.Undecided(
          Reason.UNSUPPORTED,
          "no connection was reset, but nothing tells whether the service is ready; say what does in the manifest, for example `readiness: /readyz`");
    }
    if (!turnedAway()) {
      return new Finding.Broken(
          "readiness was to turn away before the listener closed, but the first connection was refused %s, and %s"
              .formatted(
                  sinceStop(closed().get().at()),
                  unready()
                      .map(sent -> "readiness then: " + sent.exchange())
                      .orElse("no question was turned away before")));
    }
    return servedOn().compareTo(TOO_SHORT) < 0
        ? new Finding.Undecided(Reason.NOISY, survived() + TELLS_NOBODY)
        : new Finding.Survived(survived());
  }

  /// The first connection that was refused.
  private Optional<Sent> closed() {
    return requests.stream().filter(sent -> sent.is(Kind.REFUSED)).findFirst();
  }

  /// The first question after the signal that was not answered with a success.
  private Optional<Sent> unready() {
    return questions.stream()
        .filter(sent -> sent.at().compareTo(stopped) >= 0)
        .filter(sent -> !sent.exchange().succeeded())
        .findFirst();
  }

  /// Whether somebody was told, or saw, that it is unready, while others still were let in.
  private boolean turnedAway() {
    Duration closing = closed().orElseThrow().until();
    return unready().stream()
        .anyMatch(first ->
            (first.isAnswered() && first.until().compareTo(closing) <= 0)
                || requests.stream()
                    .anyMatch(
                        sent -> sent.isAnswered() && sent.at().compareTo(first.until()) >= 0));
  }

  /// When the last request was sent before the first that was refused: the listener closed later.
  private Optional<Duration> lastBeforeClosing() {
    return closed()
        .map(refused ->
            requests.stream()
                .map(Sent::at)
                .filter(at -> at.compareTo(refused.at()) < 0)
                .max(Duration::compareTo)
                .orElse(refused.at()));
  }

  /// Connections that were made and then lost.
  ///
  /// @param counted whether those that count, or those that came while the listener closed
  private List<Sent> lost(boolean counted) {
    Optional<Duration> queue = lastBeforeClosing().map(at -> at.minus(QUEUE));
    return requests.stream()
        .filter(sent -> sent.is(Kind.RESET) || sent.is(Kind.ENDED) || sent.is(Kind.TIMEOUT))
        .filter(sent -> counted == queue.map(from -> sent.at().compareTo(from) < 0).orElse(true))
        .toList();
  }

  /// How long connections were let in while it was unready.
  private Duration servedOn() {
    return closed().orElseThrow().at().minus(unready().orElseThrow().until());
  }

  private String survived() {
    Sent first = unready().orElseThrow();
    long answered =
        requests.stream()
            .filter(sent -> sent.isAnswered() && sent.at().compareTo(stopped) >= 0)
            .count();
    int queued = lost(false).size();
    return "unready %s, the first connection refused %s; between them it served on for %d ms; of what came after the signal %d requests were answered and none reset%s"
        .formatted(
            sinceStop(first.until()),
            sinceStop(closed().orElseThrow().at()),
            servedOn().toMillis(),
            answered,
            queued == 0
                ? ""
                : ", but for %d that came while the listener closed".formatted(queued));
  }

  private String sinceStop(Duration at) {
    long millis = at.minus(stopped).toMillis();
    return millis < 0
        ? "%d ms before SIGTERM".formatted(-millis)
        : "%d ms after SIGTERM".formatted(millis);
  }

  /// Writes down what matters of it.
  void tell(Transcript transcript) {
    List<Sent> worth = new ArrayList<>(lost(true).stream().limit(TOLD).toList());
    worth.addAll(lost(false).stream().limit(TOLD).toList());
    closed().ifPresent(worth::add);
    worth.forEach(
        sent -> transcript.addAt(sent.exchange().began(), "client", sent.exchange().toString()));
    unready()
        .ifPresent(sent ->
            transcript.addAt(sent.exchange().began(), "readiness", sent.exchange().toString()));
    transcript.add(
        "prover",
        "%d requests and %d questions were sent in all"
            .formatted(requests.size(), questions.size()));
  }
}
