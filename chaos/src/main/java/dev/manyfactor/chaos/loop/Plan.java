package dev.manyfactor.chaos.loop;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// What is broken, and in which order: two lanes that run side by side, so that one fault falls
/// into the other.
///
/// A function of the seed and of what there is. Faults are dealt like cards: each kind on each
/// target once before one comes again, so that also a short run has most of them.
///
/// @param processes kills and freezes
/// @param surroundings what happens to links and servers
public record Plan(List<Fault> processes, List<Fault> surroundings) {
  private static final int CRASHES = 2; // for each server in a deck: a crash hits everybody
  private static final int SHORTEST_FREEZE = 300;
  private static final int LONGEST_FREEZE = 4_000;
  private static final int SHORTEST_ZOMBIE = 11_000; // longer than a lease lives on
  private static final int LONGEST_ZOMBIE = 15_000;
  private static final int ZOMBIES = 8; // one freeze in so many

  /// Copies the lanes.
  public Plan {
    processes = List.copyOf(processes);
    surroundings = List.copyOf(surroundings);
  }

  /// How long the pauses between faults of one lane are.
  ///
  /// @param shortest in milliseconds
  /// @param longest in milliseconds
  public record Pace(int shortest, int longest) {
    /// One to five seconds.
    public static final Pace USUAL = new Pace(1_000, 5_000);
  }

  /// The plan of a seed.
  ///
  /// @param length how long both lanes are at least
  public static Plan of(long seed, Targets targets, Duration length, Pace pace) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    List<Card> processes = new ArrayList<>();
    for (String process : targets.processes()) {
      processes.add(new Card(FaultKind.KILL, process));
      processes.add(new Card(FaultKind.FREEZE, process));
    }
    List<Card> others = new ArrayList<>();
    for (String link : targets.links()) {
      others.add(new Card(FaultKind.CUT, link));
      others.add(new Card(FaultKind.HANG, link));
    }
    for (String server : targets.servers()) {
      others.addAll(Collections.nCopies(CRASHES, new Card(FaultKind.CRASH, server)));
    }
    return new Plan(lane(processes, length, pace, random), lane(others, length, pace, random));
  }

  private record Card(FaultKind kind, String target) {}

  private static List<Fault> lane(
      List<Card> deck, Duration length, Pace pace, RandomGenerator random) {
    List<Fault> lane = new ArrayList<>();
    Deque<Card> left = new ArrayDeque<>();
    Duration sum = Duration.ZERO;
    while (sum.compareTo(length) < 0 && !deck.isEmpty()) {
      if (left.isEmpty()) {
        List<Card> shuffled = new ArrayList<>(deck);
        Collections.shuffle(shuffled, Random.from(random));
        left.addAll(shuffled);
      }
      Card card = left.removeFirst();
      Duration pause = Duration.ofMillis(random.nextInt(pace.shortest(), pace.longest() + 1));
      Fault fault = new Fault(pause, card.kind(), card.target(), lasts(card.kind(), random));
      lane.add(fault);
      sum = sum.plus(fault.pause()).plus(fault.lasts());
    }
    return lane;
  }

  private static Duration lasts(FaultKind kind, RandomGenerator random) {
    return switch (kind) {
      case KILL, CUT -> Duration.ZERO;
      case FREEZE ->
          random.nextInt(ZOMBIES) == 0
              ? Duration.ofMillis(random.nextInt(SHORTEST_ZOMBIE, LONGEST_ZOMBIE))
              : Duration.ofMillis(random.nextInt(SHORTEST_FREEZE, LONGEST_FREEZE));
      case HANG -> Duration.ofMillis(random.nextInt(500, 4_000));
      case CRASH -> Duration.ofMillis(random.nextInt(100, 2_000));
    };
  }
}
