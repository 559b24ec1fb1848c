package dev.manyfactor.jobs;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The orders in which the steps of several sessions can happen, each tried on a fresh scene.
///
/// A session takes its steps one after the other, on a thread of its own. A step that waits for a
/// lock of another session is left waiting, and the others go on, as they would.
final class Interleavings {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Callable<? extends Scene> scenes;

  /// What is played: sessions whose state is new, and what must hold in the end.
  interface Scene extends AutoCloseable {

    List<Session> sessions();

    /// Whether a session waits for a lock.
    boolean waits(Session session) throws SQLException;

    /// Lets everything come to its end, and says what is wrong then; empty if nothing is.
    Optional<String> verdict() throws SQLException;

    @Override
    void close() throws SQLException;
  }

  /// Steps of one session, each with a word for it.
  record Session(String name, List<Step> steps) {}

  record Step(String word, Action action) {}

  @FunctionalInterface
  interface Action {
    void take() throws Exception;
  }

  Interleavings(Callable<? extends Scene> scenes) {
    this.scenes = scenes;
  }

  /// Tries every order, or as many as `most`, chosen by the seed; all with `-Dinterleavings=all`.
  ///
  /// @return the first order that went wrong, with what was wrong
  Optional<String> violation(int most, long seed) throws Exception {
    List<Integer> sizes;
    try (Scene scene = scenes.call()) {
      sizes = scene.sessions().stream().map(session -> session.steps().size()).toList();
    }
    for (List<Integer> order : orders(sizes, most, new Random(seed))) {
      Optional<String> violation = play(order);
      if (violation.isPresent()) {
        return violation;
      }
    }
    return Optional.empty();
  }

  private static List<List<Integer>> orders(List<Integer> sizes, int most, Random random) {
    if (count(sizes) <= most || "all".equals(System.getProperty("interleavings"))) {
      var all = new ArrayList<List<Integer>>();
      collect(new ArrayList<>(sizes), new ArrayList<>(), all);
      return all;
    }
    return IntStream.range(0, most).mapToObj(i -> draw(new ArrayList<>(sizes), random)).toList();
  }

  private static long count(List<Integer> sizes) {
    long count = 1;
    int placed = 0;
    for (int size : sizes) {
      for (int i = 1; i <= size; i++) {
        placed++;
        count = count * placed / i;
      }
    }
    return count;
  }

  private static void collect(List<Integer> left, List<Integer> order, List<List<Integer>> all) {
    if (left.stream().allMatch(count -> count == 0)) {
      all.add(List.copyOf(order));
      return;
    }
    for (int session = 0; session < left.size(); session++) {
      if (left.get(session) > 0) {
        left.set(session, left.get(session) - 1);
        order.add(session);
        collect(left, order, all);
        order.removeLast();
        left.set(session, left.get(session) + 1);
      }
    }
  }

  /// One order, each as likely as any other.
  private static List<Integer> draw(List<Integer> left, Random random) {
    var order = new ArrayList<Integer>();
    for (int total = left.stream().mapToInt(i -> i).sum(); total > 0; total--) {
      int ticket = random.nextInt(total);
      int session = 0;
      while (ticket >= left.get(session)) {
        ticket -= left.get(session);
        session++;
      }
      left.set(session, left.get(session) - 1);
      order.add(session);
    }
    return order;
  }

  /// @return the order and what went wrong, if anything did
  private Optional<String> play(List<Integer> order) throws Exception {
    try (Scene scene = scenes.call()) {
      List<Player> players = scene.sessions().stream().map(Player::new).toList();
      try {
        for (int session : order) {
          players.get(session).goOn(scene);
        }
        for (Player player : players) {
          player.join();
        }
      } finally {
        players.forEach(Player::close);
      }
      return scene.verdict().map(wrong -> words(scene, order) + ": " + wrong);
    }
  }

  private static String words(Scene scene, List<Integer> order) {
    int[] taken = new int[scene.sessions().size()];
    return order.stream()
        .map(index -> {
          Session session = scene.sessions().get(index);
          return session.name() + " " + session.steps().get(taken[index]++).word();
        })
        .collect(Collectors.joining(", "));
  }

  /// One session that is being played.
  private static final class Player implements AutoCloseable {
    private final Session session;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final List<Future<?>> taken = new ArrayList<>();

    Player(Session session) {
      this.session = session;
    }

    /// Takes the next step, and returns when it is done or waits for a lock, itself or behind one
    /// that does.
    void goOn(Scene scene) throws Exception {
      Step step = session.steps().get(taken.size());
      Future<?> future =
          thread.submit(() -> {
            step.action().take();
            return true;
          });
      taken.add(future);
      while (!doneWithin(future, Duration.ofMillis(20)) && !scene.waits(session)) {
        // slow, not waiting
      }
    }

    private static boolean doneWithin(Future<?> future, Duration patience) throws Exception {
      try {
        future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        return true;
      } catch (TimeoutException busy) {
        return false;
      } catch (ExecutionException failed) {
        throw new AssertionError("a step failed", failed.getCause());
      }
    }

    void join() throws Exception {
      for (Future<?> step : taken) {
        if (!doneWithin(step, PATIENCE)) {
          throw new AssertionError(session.name() + " waits for ever");
        }
      }
    }

    @Override
    public void close() {
      thread.shutdownNow();
    }
  }
}
