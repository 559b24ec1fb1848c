package dev.manyfactor.prover.rules;

import dev.manyfactor.formation.Manifest;
import dev.manyfactor.formation.ProcessType;
import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.trial.Exchange;
import dev.manyfactor.prover.trial.Running;
import dev.manyfactor.prover.trial.Scene;
import dev.manyfactor.prover.trial.Start;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// One thing wrong with the environment of a service, and whether it refuses to start with it.
///
/// A manifest declares variables for the service and not for a process type, and a worker may well
/// do without what the web process needs. So not every process type has to refuse: at least one
/// does; none goes down with code 0 or hangs without a word; and one that serves, and becomes ready
/// nevertheless, still answers every sample, for otherwise it has put off to the first request what
/// it should have said at the start. With little time only the process type that serves is started
/// as long as it refuses.
///
/// @param variable what it is about
/// @param value what it is set to; empty if it is left out, and then who ends has to name it; who
///   does not end always has to
record WrongSetting(String variable, Optional<String> value) {
  private static final Pattern FORBIDDEN =
      Pattern.compile("(?i)EACCES|EPERM|permission denied|operation not permitted");

  /// What is done: `without DATABASE_URL`, `with PORT=abc`.
  String done() {
    return value.map(text -> "with %s=%s".formatted(variable, text)).orElse("without " + variable);
  }

  private Start changed(Start start) {
    return value.map(text -> start.with(variable, text)).orElseGet(() -> start.without(variable));
  }

  /// Starts the service with it, one process of each type side by side.
  Finding tried(Scene scene) throws InterruptedException {
    List<ProcessType> types = Reaction.inOrder(scene.bench().subject());
    List<Reaction> reactions = new ArrayList<>();
    if (scene.bench().fast()) {
      reactions.addAll(reactions(scene, types.subList(0, 1)));
      if (reactions.getFirst().kind() == Reaction.Kind.ACCEPTS) {
        reactions.addAll(reactions(scene, types.subList(1, types.size())));
      }
    } else {
      reactions.addAll(reactions(scene, types));
    }
    return finding(scene, reactions);
  }

  private List<Reaction> reactions(Scene scene, List<ProcessType> types)
      throws InterruptedException {
    List<Running> started = new ArrayList<>();
    for (ProcessType type : types) {
      started.add(scene.start(changed(Start.of(type.name()))));
    }
    List<Reaction> reactions = new ArrayList<>();
    for (int index = 0; index < types.size(); index++) {
      boolean isRefused =
          reactions.stream().anyMatch(reaction -> reaction.kind() == Reaction.Kind.REFUSES);
      reactions.add(Reaction.of(types.get(index), started.get(index), scene, this, isRefused));
    }
    return reactions;
  }

  private Finding finding(Scene scene, List<Reaction> reactions) throws InterruptedException {
    for (Reaction reaction : reactions) {
      Optional<String> wrong = whatIsWrong(reaction, scene);
      if (wrong.isPresent()) {
        Settled.requireIntact(scene, reaction.type()); // what never works says nothing of this
        return new Finding.Broken(
            "%s, started %s, %s".formatted(reaction.type().name(), done(), wrong.get()));
      }
    }
    String all =
        reactions.stream()
            .map(reaction -> reaction.type().name() + " " + reaction.text())
            .collect(Collectors.joining("; "));
    List<Reaction> refusing =
        reactions.stream().filter(reaction -> reaction.kind() == Reaction.Kind.REFUSES).toList();
    if (!refusing.isEmpty() && refusing.stream().noneMatch(this::isTold)) {
      Settled.requireIntact(scene, refusing.getFirst().type()); // it may have ended for any reason
    }
    return refusing.isEmpty()
        ? new Finding.Broken(
            "started %s, the service was expected to refuse, but no process type does: %s"
                .formatted(done(), all))
        : new Finding.Survived(done() + ": " + all);
  }

  /// Whether it names the variable or its value.
  private boolean isTold(Reaction reaction) {
    return reaction.naming().isPresent()
        || value.flatMap(Said.by(reaction.running())::naming).isPresent();
  }

  private Optional<String> whatIsWrong(Reaction reaction, Scene scene) throws InterruptedException {
    return switch (reaction.kind()) {
      case REFUSES -> reaction.naming().isPresent() ? Optional.empty() : withoutAName(reaction);
      case ENDS_WELL, HANGS -> Optional.of(reaction.text());
      case ACCEPTS -> firstUse(reaction.running(), scene);
    };
  }

  /// A word is refused by its type. One that was taken for the path of a file or a socket has been
  /// used, and only the sandbox was in the way.
  private Optional<String> withoutAName(Reaction reaction) {
    if (value.isEmpty()) {
      return Optional.of(
          "%s, which was expected to name %s and does not".formatted(reaction.text(), variable));
    }
    return Said.by(reaction.running()).lines().stream()
        .filter(line -> line.contains(value.get()) && FORBIDDEN.matcher(line).find())
        .findFirst()
        .map(line -> "was expected to refuse the value, but used it: " + line.strip());
  }

  /// A sample that fails, though the process became ready.
  private Optional<String> firstUse(Running running, Scene scene) throws InterruptedException {
    if (running.port() == 0) {
      return Optional.empty();
    }
    for (Manifest.Sample sample : scene.bench().manifest().samples()) {
      Exchange exchange = running.send(scene.call(sample));
      if (!exchange.succeeded()) {
        return Optional.of(
            "became ready, and then a sample that succeeds otherwise did not: %s; it was expected to refuse at its start"
                .formatted(exchange));
      }
    }
    return Optional.empty();
  }
}
