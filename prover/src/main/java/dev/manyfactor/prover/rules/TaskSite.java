package dev.manyfactor.prover.rules;

import dev.manyfactor.faults.Deed;
import dev.manyfactor.faults.Moment;
import dev.manyfactor.faults.PostgresMessage;
import dev.manyfactor.faults.PostgresProxy;
import dev.manyfactor.faults.Sequel;
import dev.manyfactor.faults.Watch;
import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.outcome.Reason;
import dev.manyfactor.prover.trial.Database;
import dev.manyfactor.prover.trial.Errand;
import dev.manyfactor.prover.trial.RunningTask;
import dev.manyfactor.prover.trial.Scene;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// A task whose statements are read on their way to the database, and that is struck at one of
/// them; each time on a database of its own. Used by one thread.
final class TaskSite {
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final Duration SETTLING = Duration.ofSeconds(10);

  private final Scene scene;
  private final Errand errand;
  private final Optional<PostgresProxy> wire;
  private Optional<Database> reference = Optional.empty();
  private Optional<Catalog> wanted = Optional.empty();
  private List<PostgresMessage> counted = List.of();

  /// What was interrupted.
  ///
  /// @param hit whether it was, before it had ended
  record Interrupted(Optional<Database> database, boolean hit, Errand.End end) {}

  TaskSite(Scene scene, Errand errand) {
    this.scene = scene;
    this.errand = errand;
    this.wire = scene.wire();
  }

  /// Runs it without an interruption, and keeps what it says and what it leaves.
  Errand.End intact() throws InterruptedException {
    reference = database();
    Optional<Watch> watch = wire.map(proxy -> proxy.watch(Boundary::counts));
    Errand.End end = begin(reference, "").await();
    watch.ifPresent(seen -> counted = seen.seen());
    wanted = reference.map(Catalog::of);
    return end;
  }

  private Optional<Database> database() {
    boolean releases =
        scene.bench().manifest().programs().release().equals(Optional.of(errand.task()));
    return wire.map(_ -> releases ? scene.emptyDatabase() : scene.anotherDatabase());
  }

  private RunningTask begin(Optional<Database> on, String how) throws InterruptedException {
    Errand named = errand.as(errand.task() + how);
    return scene.begin(on.map(named::on).orElse(named));
  }

  /// What it has said to the database that counts.
  List<PostgresMessage> counted() {
    return counted;
  }

  /// Whether something is durable at a boundary, and not yet all.
  boolean isHalfDone(Boundary boundary) {
    List<Boundary> durable = Boundary.commits(counted, List.of(Moment.BEFORE));
    return !durable.isEmpty()
        && boundary.moment() == Moment.BEFORE
        && boundary.number() > durable.getFirst().number()
        && boundary.number() <= durable.getLast().number();
  }

  /// Runs it and kills it at a boundary.
  Interrupted killed(Boundary boundary) throws InterruptedException {
    CompletableFuture<RunningTask> victim = new CompletableFuture<>();
    return interrupted(
        boundary,
        " killed",
        victim,
        _ -> {
          RunningTask task = victim.join();
          scene
              .transcript()
              .add("prover", "SIGKILL to %s, %s".formatted(task.errand().label(), boundary));
          task.process().kill();
          return Sequel.CUT;
        });
  }

  private Interrupted interrupted(
      Boundary boundary, String how, CompletableFuture<RunningTask> begun, Deed deed)
      throws InterruptedException {
    PostgresProxy proxy = wire.orElseThrow();
    Optional<Database> on = database();
    Watch watch = proxy.watch(Boundary::counts, boundary.strike(deed));
    RunningTask task = begin(on, how);
    begun.complete(task);
    Errand.End end = task.await();
    watch.end();
    proxy.cut(_ -> true);
    awaitNoSessions(on.orElseThrow());
    return new Interrupted(on, watch.hit().isPresent(), end);
  }

  private void awaitNoSessions(Database on) throws InterruptedException {
    Duration until = scene.transcript().elapsed().plus(SETTLING);
    while (on.sessions() > 0 && scene.transcript().elapsed().compareTo(until) < 0) {
      Thread.sleep(20);
    }
  }

  /// Runs it and kills it after a time.
  Interrupted killedAfter(Duration time) throws InterruptedException {
    Optional<Database> on = database();
    RunningTask task = begin(on, " killed");
    boolean ended = task.process().awaitExit(time);
    task.process().kill();
    return new Interrupted(on, !ended, task.await());
  }

  /// Runs it again on what was left; says what is wrong.
  Optional<Finding> again(Interrupted run, String done) throws InterruptedException {
    Errand.End end = begin(run.database(), " again").await();
    if (!end.isGood()) {
      return Optional.of(
          new Finding.Broken("%s; run again it was to end with 0, but it %s".formatted(done, end)));
    }
    List<String> differences = differences(run.database());
    return differences.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Finding.Broken(
                "%s, and run again (it ended with 0): the database was to be like one without the interruption, but %s"
                    .formatted(done, Catalog.some(differences))));
  }

  /// In what a database differs from one on which nothing was interrupted.
  private List<String> differences(Optional<Database> on) throws InterruptedException {
    if (wanted.isEmpty() || on.isEmpty()) {
      return List.of();
    }
    Catalog now = Catalog.of(on.get());
    List<String> differences = new ArrayList<>(wanted.get().changesTo(now));
    Map<String, String> rows = wanted.get().rowCountChangesTo(now);
    rows.keySet()
        .removeIf(table ->
            RepeatsItsTasks.isDeclared(
                table, scene.bench().manifest().proving().changes(errand.task())));
    if (differences.isEmpty() && !rows.isEmpty()) {
      rows.keySet().removeAll(grownByRepetition());
    }
    differences.addAll(rows.values());
    return differences;
  }

  /// Tables to which each run adds something, such as a list of runs.
  private Set<String> grownByRepetition() throws InterruptedException {
    var _ = begin(reference, " once more, where nothing was interrupted").await();
    return wanted.orElseThrow().rowCountChangesTo(Catalog.of(reference.orElseThrow())).keySet();
  }

  /// Ends its connection before what it does last; says what is wrong if it does not tell.
  Optional<Finding> failing(List<Boundary> all) throws InterruptedException {
    List<Boundary> durable = Boundary.commits(counted, List.of(Moment.BEFORE));
    Boundary last = durable.isEmpty() ? all.getFirst() : durable.getLast();
    Interrupted run = interrupted(last, " cut off", new CompletableFuture<>(), Deed.cut());
    if (!run.hit() || !run.end().isGood()) {
      return run.end().code().isEmpty()
          ? Optional.of(
              new Finding.Undecided(
                  Reason.OUT_OF_BUDGET,
                  "its connection ended %s, and it %s".formatted(last, run.end())))
          : Optional.empty();
    }
    List<String> differences = differences(run.database());
    return differences.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Finding.Broken(
                "its connection to the database ended %s; it ended with 0 all the same, and did not do its work: %s"
                    .formatted(last, Catalog.some(differences))));
  }

  /// Whether there is time for one more boundary, of the time that a trial has.
  boolean hasTime() {
    return scene.transcript().elapsed().compareTo(LONGEST) < 0;
  }
}
