package dev.manyfactor.chaos.sweep;

import dev.manyfactor.faults.Deed;
import dev.manyfactor.faults.Hit;
import dev.manyfactor.faults.Moment;
import dev.manyfactor.faults.Sequel;
import dev.manyfactor.faults.Strike;
import dev.manyfactor.faults.Watch;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The fault of a cell, waiting at its message.
final class Blow {
  private static final Duration DEED = Duration.ofMinutes(2);

  private final Cell cell;
  private final Actor actor;
  private final Theatre theatre;
  private final Stall stall;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final Watch watch;

  /// What happens while a message is held.
  interface Stall {
    /// It happens.
    ///
    /// @param hit where
    void happen(Hit hit) throws InterruptedException;
  }

  private Blow(Cell cell, Actor actor, Theatre theatre, Stall stall) {
    this.cell = cell;
    this.actor = actor;
    this.theatre = theatre;
    this.stall = stall;
    Deed deed = this::happen;
    this.watch =
        actor.proxy().watch(Spot::counts, new Strike(cell.spot()::is, cell.moment(), deed));
  }

  /// Begins to wait for the message.
  ///
  /// @param stall what a [Fault#STALL] is, here
  static Blow at(Cell cell, Actor actor, Theatre theatre, Stall stall) {
    return new Blow(cell, actor, theatre, stall);
  }

  private Sequel happen(Hit hit) throws InterruptedException {
    try {
      return switch (cell.fault()) {
        case KILL -> {
          actor.kill();
          yield Sequel.CUT;
        }
        case CUT -> Sequel.CUT;
        case TERMINATE -> {
          boolean gone = theatre.terminate(hit.message().session().backend());
          yield !gone
              ? Sequel.CUT
              : cell.moment() == Moment.ANSWER_HELD ? Sequel.LOSE : Sequel.GO_ON;
        }
        case STALL -> {
          stall.happen(hit);
          yield Sequel.GO_ON;
        }
      };
    } finally {
      done.complete(null);
    }
  }

  /// Waits until it has happened; empty when the message has not come in this time.
  Optional<Hit> await(Duration patience) throws InterruptedException {
    Optional<Hit> hit = watch.awaitHit(patience);
    if (hit.isPresent()) {
      try {
        done.get(DEED.toSeconds(), TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException never) {
        throw new IllegalStateException(cell + " does not end", never);
      }
    }
    return hit;
  }

  boolean hasHit() {
    return watch.hit().isPresent();
  }

  /// Waits no more.
  void callOff() {
    watch.end();
  }
}
