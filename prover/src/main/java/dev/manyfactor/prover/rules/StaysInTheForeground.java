package dev.manyfactor.prover.rules;

import com.google.auto.service.AutoService;
import dev.manyfactor.formation.ProcessType;
import dev.manyfactor.prover.observe.ProcessFact;
import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.outcome.Reason;
import dev.manyfactor.prover.trial.Bench;
import dev.manyfactor.prover.trial.Readiness;
import dev.manyfactor.prover.trial.Rule;
import dev.manyfactor.prover.trial.Running;
import dev.manyfactor.prover.trial.Scene;
import dev.manyfactor.prover.trial.Start;
import dev.manyfactor.prover.trial.Trial;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// 08-4: the process that was started stays the parent of all others, and writes no PID file.
///
/// It asks also about services that never become ready: one that daemonises ends at once, with 0,
/// and lives on elsewhere.
@AutoService(Rule.class)
public final class StaysInTheForeground implements Rule {
  private static final Duration SECOND_LOOK = Duration.ofMillis(300);
  private static final int LONGEST = 64; // bytes of a file that holds a number

  @Override
  public String requirement() {
    return "08-4";
  }

  @Override
  public boolean needsBaseline() {
    return false;
  }

  /// It even only looks.
  @Override
  public boolean onlyTalks() {
    return true;
  }

  @Override
  public List<Trial> trials(Bench bench) {
    List<ProcessType> types = Reaction.inOrder(bench.subject());
    return types.stream()
        .limit(bench.choose(types.size(), 1))
        .map(type -> new Trial(type.name(), scene -> watched(scene, type)))
        .toList();
  }

  private static Finding watched(Scene scene, ProcessType type) throws InterruptedException {
    Running running = scene.start(Start.of(type.name()));
    Duration declared = scene.bench().manifest().proving().deadlines().ready();
    Readiness readiness = Settled.of(type, running, declared.multipliedBy(2));
    List<ProcessFact> strays = strays(running);
    if (!strays.isEmpty()) {
      Thread.sleep(SECOND_LOOK); // who has just lost its parent may be about to end
      Set<Long> before = pids(strays);
      strays = strays(running).stream().filter(fact -> before.contains(fact.pid())).toList();
    }
    if (!strays.isEmpty()) {
      return new Finding.Broken(strayed(running, strays));
    }
    Optional<Path> file = pidFile(scene, running);
    if (file.isPresent()) {
      return new Finding.Broken(
          "%s was to write no PID file, but %s holds the number of a process of it"
              .formatted(type.name(), shown(file.get(), running)));
    }
    return verdict(type, running, readiness);
  }

  private static Finding verdict(ProcessType type, Running running, Readiness readiness) {
    return switch (readiness) {
      case Readiness.Ready _ ->
          new Finding.Survived(
              "`%s` stays, with %d processes below it, and no file holds the number of any"
                  .formatted(type.command().line(), running.process().tree().size() - 1));
      case Readiness.Exited(var code, _, var words) ->
          new Finding.Undecided(
              Reason.UNREACHED,
              "%s ended with exit code %d and left nothing behind: %s"
                  .formatted(type.name(), code, words));
      case Readiness.NotReady(_, var answer) ->
          new Finding.Undecided(
              Reason.UNREACHED,
              "%s has left nobody behind, but never became ready, and may yet: %s"
                  .formatted(type.name(), answer));
    };
  }

  /// Those that are neither the one that was started nor below it.
  private static List<ProcessFact> strays(Running running) {
    List<ProcessFact> tree = running.process().tree();
    Set<Long> members = pids(tree);
    return tree.stream()
        .filter(fact -> fact.pid() != running.process().pid())
        .filter(fact -> !members.contains(fact.parent()))
        .toList();
  }

  private static Set<Long> pids(List<ProcessFact> facts) {
    return facts.stream().map(ProcessFact::pid).collect(Collectors.toSet());
  }

  /// Whether it has ended is seen by the tree: its end is reported with its last lines, and what it
  /// left behind may go on writing them.
  private static String strayed(Running running, List<ProcessFact> strays) {
    String arguments = LastWords.shortened(String.join(" ", strays.getFirst().arguments()));
    return pids(running.process().tree()).contains(running.process().pid())
        ? "every process was to stay below %s, but `%s` has left for process %d"
            .formatted(running.label(), arguments, strays.getFirst().parent())
        : "the process that was started was to stay, but it has ended, and `%s` lives on without it"
            .formatted(arguments);
  }

  private static Optional<Path> pidFile(Scene scene, Running running) {
    Set<String> numbers =
        running.process().tree().stream()
            .map(fact -> String.valueOf(fact.pid()))
            .collect(Collectors.toSet());
    List<Path> files =
        new ArrayList<>(
            WrittenFiles.of(running, scene.bench().manifest().directory()).sizes().keySet());
    return files.stream().sorted().filter(file -> isPidFile(file, numbers)).findFirst();
  }

  /// By what it holds, or by a name that says so beside a number that could be one.
  private static boolean isPidFile(Path file, Set<String> numbers) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > LONGEST) {
        return false;
      }
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
      boolean isNamedSo = file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".pid");
      return numbers.contains(text.lines().findFirst().orElse("").strip())
          || (isNamedSo && text.matches("[0-9]{1,10}"));
    } catch (IOException gone) {
      return false;
    }
  }

  /// Below its scratch folder, whose name says nothing.
  private static String shown(Path file, Running running) {
    return file.startsWith(running.scratch())
        ? "$HOME/" + running.scratch().relativize(file)
        : file.toString();
  }
}
