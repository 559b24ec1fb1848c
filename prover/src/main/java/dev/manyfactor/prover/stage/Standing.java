package dev.manyfactor.prover.stage;

import dev.manyfactor.prover.outcome.Transcript;
import dev.manyfactor.prover.trial.Bench;
import dev.manyfactor.prover.trial.Running;
import dev.manyfactor.prover.trial.Start;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A formation of the service that stays up for trials which only talk to it, so that not each of
/// them pays for a start of its own.
///
/// They visit it one after the other, since what one of them makes would be counted by another. A
/// visitor is let in while every process of it is ready, and once what the one before has set off
/// is over; otherwise the formation ends for good, and whoever wanted to visit it starts his own.
/// Safe on many threads; a visit is begun and ended by the same.
public final class Standing implements AutoCloseable {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  private static final int MOST_LOOKS = 20;

  private final Stage stage;
  private final ReentrantLock turn = new ReentrantLock(true);
  private final Map<String, List<RunningProcess>> residents = new HashMap<>();
  private final List<String> guests = new ArrayList<>();
  private @Nullable StageScene host;
  private boolean over;

  Standing(Stage stage) {
    this.stage = stage;
  }

  /// Waits for the turn of a visitor and lets it in; empty if there is nothing to visit any more.
  ///
  /// @param guest who comes, for those that come later: `18-1`
  public Optional<VisitingScene> visit(String guest, Bench bench, Transcript transcript)
      throws InterruptedException {
    turn.lockInterruptibly();
    boolean entered = false;
    try {
      if (over || !isSound()) {
        end();
        return Optional.empty();
      }
      if (host == null) {
        host = stage.scene(bench, stage.transcript());
      }
      VisitingScene scene = new VisitingScene(this, host, bench, transcript);
      guests.add(guest);
      entered = true;
      return Optional.of(scene);
    } finally {
      if (!entered) {
        turn.unlock();
      }
    }
  }

  private boolean isSound() throws InterruptedException {
    for (List<RunningProcess> some : residents.values()) {
      for (RunningProcess resident : some) {
        if (!resident.isReady()) {
          return false;
        }
      }
    }
    return host == null || isQuiet(host);
  }

  /// Whether no table gains or loses a row any more.
  private static boolean isQuiet(StageScene host) throws InterruptedException {
    if (host.database().isEmpty()) {
      return true;
    }
    Map<String, Long> before = host.database().get().rows();
    for (int look = 0; look < MOST_LOOKS; look++) {
      Thread.sleep(BETWEEN_LOOKS);
      Map<String, Long> now = host.database().get().rows();
      if (now.equals(before)) {
        return true;
      }
      before = now;
    }
    return false;
  }

  /// A process of a type, which is started if there are not so many yet.
  ///
  /// @param number counts from 0
  Running resident(Start start, int number, Transcript transcript) throws InterruptedException {
    StageScene open = host;
    if (open == null) {
      throw new IllegalStateException("nobody visits");
    }
    List<RunningProcess> same = residents.computeIfAbsent(start.process(), _ -> new ArrayList<>());
    if (number < same.size()) {
      transcript.add(start.label(), "runs already; who has talked to it: " + others());
    } else {
      same.add(open.startReady(Start.of(start.process()).as(start.label())));
      transcript.add(start.label(), "started for all who only talk to it, and ready");
    }
    return same.get(number).seenAs(start.label(), transcript);
  }

  private String others() {
    return String.join(", ", guests.subList(0, guests.size() - 1));
  }

  /// The visitor goes.
  void leave() {
    turn.unlock();
  }

  /// Lets nobody in any more: somebody may still talk to it.
  public void spoil() {
    turn.lock();
    try {
      end();
    } finally {
      turn.unlock();
    }
  }

  private void end() {
    over = true;
    residents.clear();
    StageScene open = host;
    host = null;
    if (open != null) {
      open.close();
    }
  }

  /// Ends its processes; nobody is let in any more.
  @Override
  public void close() {
    spoil();
  }
}
