package dev.manyfactor.chaos.sweep;

import dev.manyfactor.faults.Hit;
import dev.manyfactor.faults.PostgresMessage;
import dev.manyfactor.faults.Watch;
import dev.manyfactor.formation.Chaos;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A job, caused by a request to a process that is not attacked.
final class JobPlay implements Play {
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration HIT = Duration.ofSeconds(10);
  private static final Duration TAKEN_OVER = Duration.ofSeconds(4);
  private static final Duration DONE = Duration.ofSeconds(90);
  private static final Duration LAST_WORDS = Duration.ofMillis(300);

  private final Chaos.Background job;
  private final Chaos.Operation cause;
  private final Theatre theatre;
  private final Errands errands;

  JobPlay(Chaos.Background job, Chaos.Operation cause, Theatre theatre, Errands errands) {
    this.job = job;
    this.cause = cause;
    this.theatre = theatre;
    this.errands = errands;
  }

  @Override
  public String subject() {
    return job.name();
  }

  @Override
  public String process() {
    return job.process();
  }

  private Actor actor() {
    return theatre.actor(process());
  }

  @Override
  public List<PostgresMessage> rehearse() throws InterruptedException {
    Errand errand = errands.prepare(cause, Errands.TENANT);
    actor().awaitSilence();
    Watch watch = actor().proxy().watch(Spot::counts);
    errands.done(cause, errand);
    var _ = awaitEffect(errand, DONE);
    watch.end();
    Thread.sleep(LAST_WORDS);
    return watch.seen();
  }

  @Override
  public Verdict perform(Cell cell) throws InterruptedException {
    Errand errand = errands.prepare(cause, Errands.TENANT);
    actor().awaitSilence();
    Blow blow = Blow.at(cell, actor(), theatre, hit -> takenOver(errand, hit));
    errands.done(cause, errand);
    if (!hits(blow, errand)) {
      blow.callOff();
      theatre.replace(process()); // the next one says everything again
      return new Verdict.Missed("the job was done without it");
    }
    var _ = blow.await(DONE);
    if (cell.fault() == Fault.KILL) {
      theatre.replace(process());
    }
    return judged(errand);
  }

  private boolean hits(Blow blow, Errand errand) throws InterruptedException {
    for (Duration waited = Duration.ZERO; waited.compareTo(HIT) < 0; waited = waited.plus(POLL)) {
      if (blow.hasHit()) {
        return true;
      }
      if (isDone(errand)) {
        Thread.sleep(LAST_WORDS);
        return blow.hasHit();
      }
      Thread.sleep(POLL);
    }
    return blow.hasHit();
  }

  /// The process freezes, as in a long pause of its machine, and the server loses sight of it;
  /// another process does the job, if it can be had. Then the first goes on where it was.
  private void takenOver(Errand errand, Hit hit) throws InterruptedException {
    Stalled.whileFrozen(
        theatre,
        process(),
        () -> awaitEffect(errand, TAKEN_OVER),
        hit.message().session().number());
  }

  private Verdict judged(Errand errand) throws InterruptedException {
    List<String> seen = new ArrayList<>();
    if (!awaitEffect(errand, DONE)) {
      seen.add(
          "the job of %s has no effect after %d s".formatted(errand.identity(), DONE.toSeconds()));
    }
    seen.addAll(theatre.awaitRest());
    long effects = theatre.effects(job.effects(), errand.identity());
    if (effects > 1) {
      seen.add("the job of %s has %d effects".formatted(errand.identity(), effects));
    }
    if (job.waiting().isPresent()) {
      long left = theatre.effects(job.waiting().get(), errand.identity());
      if (left > 0) {
        seen.add("the job of %s is done and still there".formatted(errand.identity()));
      }
    }
    seen.addAll(theatre.invariants());
    return Verdict.of(seen);
  }

  private boolean isDone(Errand errand) {
    return theatre.effects(job.effects(), errand.identity()) > 0;
  }

  private boolean awaitEffect(Errand errand, Duration bound) throws InterruptedException {
    for (Duration waited = Duration.ZERO; waited.compareTo(bound) < 0; waited = waited.plus(POLL)) {
      if (isDone(errand)) {
        return true;
      }
      Thread.sleep(POLL);
    }
    return isDone(errand);
  }
}
