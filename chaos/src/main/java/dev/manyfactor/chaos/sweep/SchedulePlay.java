package dev.manyfactor.chaos.sweep;

import dev.manyfactor.faults.PostgresMessage;
import dev.manyfactor.faults.Watch;
import dev.manyfactor.formation.Chaos;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// An instant of a schedule, with something to do.
final class SchedulePlay implements Play {
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration INSTANT = Duration.ofSeconds(8); // the shortest schedules fit
  private static final Duration TAKEN_OVER = Duration.ofSeconds(5);
  private static final Duration DONE = Duration.ofSeconds(90);
  private static final Duration LAST_WORDS = Duration.ofMillis(300);

  private final Chaos.Background schedule;
  private final Theatre theatre;
  private final Errands errands;

  SchedulePlay(Chaos.Background schedule, Theatre theatre, Errands errands) {
    this.schedule = schedule;
    this.theatre = theatre;
    this.errands = errands;
  }

  @Override
  public String subject() {
    return schedule.name();
  }

  @Override
  public String process() {
    return schedule.process();
  }

  private Actor actor() {
    return theatre.actor(process());
  }

  @Override
  public List<PostgresMessage> rehearse() throws InterruptedException {
    giveWork();
    actor().awaitSilence();
    long before = effects().size();
    Watch watch = actor().proxy().watch(Spot::counts);
    var _ = awaitEffect(before, DONE);
    watch.end();
    Thread.sleep(LAST_WORDS);
    return watch.seen();
  }

  /// Does everything once that jobs follow from: a schedule without work says less.
  private void giveWork() throws InterruptedException {
    for (Chaos.Background job : theatre.manifest().chaos().background()) {
      if (job.after().isPresent()) {
        Chaos.Operation cause = theatre.operation(job.after().get());
        Errand errand = errands.prepare(cause, Errands.TENANT);
        errands.done(cause, errand);
        for (Duration waited = Duration.ZERO;
            theatre.effects(job.effects(), errand.identity()) == 0 && waited.compareTo(DONE) < 0;
            waited = waited.plus(POLL)) {
          Thread.sleep(POLL);
        }
      }
    }
  }

  @Override
  public Verdict perform(Cell cell) throws InterruptedException {
    giveWork();
    actor().awaitSilence();
    long before = effects().size();
    Blow blow =
        Blow.at(
            cell,
            actor(),
            theatre,
            hit ->
                Stalled.whileFrozen(
                    theatre,
                    process(),
                    () -> awaitEffect(before, TAKEN_OVER),
                    hit.message().session().number()));
    if (blow.await(INSTANT).isEmpty()) {
      blow.callOff();
      theatre.replace(process()); // the next one says everything again
      return new Verdict.Missed("the instant had its effect without it");
    }
    if (cell.fault() == Fault.KILL) {
      theatre.replace(process());
    }
    return judged(before);
  }

  private Verdict judged(long before) throws InterruptedException {
    List<String> seen = new ArrayList<>();
    if (!awaitEffect(before, DONE)) {
      seen.add(
          "no instant of %s has an effect for %d s".formatted(schedule.name(), DONE.toSeconds()));
    }
    seen.addAll(theatre.awaitRest());
    Set<String> once = new HashSet<>();
    effects().stream()
        .filter(effect -> !once.add(effect))
        .forEach(effect -> seen.add("the instant %s has two effects".formatted(effect)));
    seen.addAll(theatre.invariants());
    return Verdict.of(seen);
  }

  private List<String> effects() {
    return theatre.all(schedule.effects());
  }

  /// An instant may have come between the work and the fault, and taken it along; so work is given
  /// anew as long as there is no effect.
  private boolean awaitEffect(long before, Duration bound) throws InterruptedException {
    for (Duration waited = Duration.ZERO; waited.compareTo(bound) < 0; waited = waited.plus(POLL)) {
      if (effects().size() > before) {
        return true;
      }
      if (waited.isPositive() && waited.toMillis() % INSTANT.toMillis() == 0) {
        giveWork();
      }
      Thread.sleep(POLL);
    }
    return effects().size() > before;
  }
}
