package dev.manyfactor.prover.rules;

import dev.manyfactor.formation.ProcessType;
import dev.manyfactor.prover.observe.Listening;
import dev.manyfactor.prover.trial.Readiness;
import dev.manyfactor.prover.trial.Running;
import dev.manyfactor.prover.trial.Scene;
import dev.manyfactor.prover.trial.Subject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// How a process of one type took a wrong environment.
///
/// @param naming the line in which it names the variable
/// @param text what it did, without its subject: `ended with exit code 78 after 210 ms: …`
record Reaction(
    ProcessType type, Running running, Kind kind, Optional<String> naming, String text) {
  /// What it did.
  enum Kind {
    /// It ended with a code other than 0, or names the variable and does not become ready.
    REFUSES,
    /// It ended with code 0.
    ENDS_WELL,
    /// It does not end, does not become ready, and does not say why.
    HANGS,
    /// It became ready.
    ACCEPTS
  }

  /// The process types, the one that serves first; last those of which nothing says whether they
  /// are ready.
  static List<ProcessType> inOrder(Subject subject) {
    List<ProcessType> types = new ArrayList<>(subject.manifest().programs().processes());
    types.sort(
        Comparator.comparing((ProcessType type) -> Settled.isUnknowable(type))
            .thenComparing(type -> type.listens().isEmpty()));
    return types;
  }

  /// Waits until it is known.
  ///
  /// @param isRefused whether another process type has refused already, so that one which only
  ///   lives need not be watched for long
  static Reaction of(
      ProcessType type, Running running, Scene scene, WrongSetting wrong, boolean isRefused)
      throws InterruptedException {
    Duration ready = scene.bench().manifest().proving().deadlines().ready();
    if (Settled.isUnknowable(type)) {
      Duration longest = isRefused && Settled.LIFE.compareTo(ready) < 0 ? Settled.LIFE : ready;
      if (!running.process().awaitExit(longest)) {
        String text = "still lives after %d s".formatted(longest.toSeconds());
        return new Reaction(type, running, Kind.ACCEPTS, Optional.empty(), text);
      }
    }
    Readiness readiness = running.awaitReady(ready.multipliedBy(3).dividedBy(2));
    if (readiness instanceof Readiness.NotReady
        && Said.by(running, readiness).naming(wrong.variable()).isEmpty()) {
      readiness = running.awaitReady(ready.multipliedBy(3)); // a busy machine delays its words
    }
    return of(type, running, readiness, wrong);
  }

  private static Reaction of(
      ProcessType type, Running running, Readiness readiness, WrongSetting wrong) {
    Said said = Said.by(running, readiness);
    Optional<String> naming = said.naming(wrong.variable());
    Optional<String> telling = naming.or(() -> wrong.value().flatMap(said::naming));
    return switch (readiness) {
      case Readiness.Ready(var after) ->
          new Reaction(
              type,
              running,
              Kind.ACCEPTS,
              naming,
              "became ready after " + after.toMillis() + " ms");
      case Readiness.Exited(var code, var after, var words) ->
          new Reaction(
              type,
              running,
              code == 0 ? Kind.ENDS_WELL : Kind.REFUSES,
              naming,
              "ended with exit code %d after %d ms: %s"
                  .formatted(code, after.toMillis(), telling.orElse(words)));
      case Readiness.NotReady(var after, _) ->
          new Reaction(
              type,
              running,
              naming.isPresent() ? Kind.REFUSES : Kind.HANGS,
              naming,
              naming
                  .map(line -> "is not ready after %d s: %s".formatted(after.toSeconds(), line))
                  .orElseGet(() -> hanging(running, after)));
    };
  }

  private static String hanging(Running running, Duration after) {
    String ports =
        running.process().listening().stream()
            .map(Listening::port)
            .collect(Collectors.toCollection(TreeSet::new))
            .stream()
            .map(String::valueOf)
            .collect(Collectors.joining(", "));
    return "neither ended nor became ready within %d s, nor named the variable; it %s"
        .formatted(
            after.toSeconds(),
            ports.isEmpty() ? "runs and listens on no port" : "listens on port " + ports);
  }
}
