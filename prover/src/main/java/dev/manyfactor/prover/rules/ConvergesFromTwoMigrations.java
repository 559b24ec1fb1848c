package dev.manyfactor.prover.rules;

import com.google.auto.service.AutoService;
import dev.manyfactor.formation.Dependency;
import dev.manyfactor.prover.outcome.Control;
import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.trial.Applicability;
import dev.manyfactor.prover.trial.Bench;
import dev.manyfactor.prover.trial.Database;
import dev.manyfactor.prover.trial.Errand;
import dev.manyfactor.prover.trial.Rule;
import dev.manyfactor.prover.trial.RunningTask;
import dev.manyfactor.prover.trial.Scene;
import dev.manyfactor.prover.trial.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// 12-2: the task of the release, started twice at once on a database that nothing was done to,
/// leaves what it leaves alone.
///
/// Both are made to stand still before their first change of the schema, when each has looked at
/// what is there; so who looks before taking a lock is found at the first try.
@AutoService(Rule.class)
public final class ConvergesFromTwoMigrations implements Rule {
  private static final Duration MEETING = Duration.ofSeconds(8);
  private static final Duration SECOND = Duration.ofSeconds(2); // who asks for a lock by turns
  private static final Pattern GIVES_WAY =
      Pattern.compile(
          "\\block(ed|s)?\\b|lock timeout|(another|concurrent|other) (migration|process|instance)");

  @Override
  public String requirement() {
    return "12-2";
  }

  @Override
  public Applicability antecedent(Bench bench) {
    if (bench.manifest().dependencies(Dependency.Postgres.class).isEmpty()) {
      return new Applicability.DoesNotApply("the manifest declares no database to migrate");
    }
    return bench.manifest().programs().release().isEmpty()
        ? new Applicability.DoesNotApply(
            "the manifest names no task of the release, and the service works on a database that"
                + " nothing was done to, as a role that may make no tables")
        : Applicability.applies();
  }

  @Override
  public List<Trial> trials(Bench bench) {
    return Trial.repeated(bench.choose(5, 1), ConvergesFromTwoMigrations::together);
  }

  @Override
  public Set<Control> controls() {
    return Set.of(Control.REACHED);
  }

  private static Finding together(Scene scene) throws InterruptedException {
    Errand errand = Errand.of(scene.bench().manifest().programs().release().orElseThrow());
    Catalog alone = Catalog.of(scene.anotherDatabase());
    Database empty = scene.emptyDatabase();
    List<Errand.End> ends = new ArrayList<>();
    List<RunningTask> runs = new ArrayList<>();
    try (Standstill standstill = Standstill.ofTheSchema(empty)) {
      runs.add(scene.begin(errand.on(empty).as(errand.task() + " A")));
      runs.add(scene.begin(errand.on(empty).as(errand.task() + " B")));
      met(scene, standstill);
    }
    for (RunningTask run : runs) {
      ends.add(run.await());
    }
    List<Errand.End> bad = ends.stream().filter(end -> !end.isGood()).toList();
    boolean gaveWay = !bad.isEmpty() && bad.stream().allMatch(ConvergesFromTwoMigrations::gaveWay);
    if (gaveWay) {
      Errand.End after = scene.begin(errand.on(empty).as(errand.task() + " afterwards")).await();
      bad = after.isGood() ? List.of() : List.of(after);
    }
    return bad.isEmpty()
        ? compared(alone, Catalog.of(empty), gaveWay)
        : new Finding.Broken(
            "%s was started twice at once on an empty database; both were to end with 0, but one %s"
                .formatted(errand.task(), bad.getFirst()));
  }

  private static void met(Scene scene, Standstill standstill) throws InterruptedException {
    int waiting = standstill.awaitWaiting(1, MEETING);
    waiting = Math.max(waiting, standstill.awaitWaiting(2, SECOND));
    scene
        .transcript()
        .add(
            "prover", "%d sessions wait for a lock; from now on they may go on".formatted(waiting));
    if (waiting > 0) {
      scene.holds(
          Control.REACHED, "both were started, and %d stood still at a lock".formatted(waiting));
    }
  }

  /// Whether it says that it ended because another held the lock; a deadlock is no lock.
  private static boolean gaveWay(Errand.End end) {
    String words = end.words().toLowerCase(Locale.ROOT);
    return end.code().isPresent() && !words.contains("deadlock") && GIVES_WAY.matcher(words).find();
  }

  private static Finding compared(Catalog alone, Catalog both, boolean gaveWay) {
    List<String> changes = new ArrayList<>(alone.changesTo(both));
    alone
        .tables()
        .forEach((table, rows) -> {
          Catalog.Rows then = both.tables().getOrDefault(table, rows);
          if (then.count() != rows.count()) {
            changes.add(
                "%s has %d rows instead of %d".formatted(table, then.count(), rows.count()));
          }
        });
    return changes.isEmpty()
        ? new Finding.Survived(
            "%s; %d parts of the schema and the rows of %d tables are those of a run alone"
                .formatted(
                    gaveWay
                        ? "who found the lock taken said so and ended; a run after that ended with"
                            + " 0"
                        : "both ended with 0",
                    both.parts().size(),
                    both.tables().size()))
        : new Finding.Broken(
            "two at once on an empty database were to leave what one alone leaves, but "
                + Catalog.some(changes));
  }
}
