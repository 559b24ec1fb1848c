package dev.manyfactor.chaos.loop;

import dev.manyfactor.chaos.contact.Desk;
import dev.manyfactor.chaos.contact.Look;
import dev.manyfactor.formation.Manifest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// All clients, each on a thread of its own.
final class Crowd {
  private static final List<String> TENANTS = List.of("acme", "globex");

  private final List<Client> clients = new ArrayList<>();
  private final List<Desk> desks = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private volatile boolean over;

  /// @param chance decides what they ask for
  Crowd(Ground ground, Client.Setting setting, Loop.Chance chance, int clients) {
    Manifest manifest = ground.manifest();
    for (int number = 0; number < clients; number++) {
      RandomGenerator random =
          RandomGeneratorFactory.of("L64X128MixRandom").create(chance.seed() * 31 + number + 1);
      Desk desk = new Desk(ground.server(), Look.database(manifest));
      desks.add(desk);
      this.clients.add(
          new Client(
              new Wishes(manifest.chaos().operations(), desk, random, "c" + number),
              setting,
              new Keys(chance.clock(), random),
              TENANTS.get(number % TENANTS.size())));
    }
  }

  /// They begin to ask.
  void start() {
    clients.forEach(client ->
        threads.add(
            started(() -> {
              while (!over) {
                client.askOnce();
              }
            })));
  }

  /// They ask for nothing new; what they have begun they bring to its end.
  ///
  /// @return whether all of them have, within the bound
  boolean finish(Duration bound) throws InterruptedException {
    over = true;
    return joined(bound);
  }

  /// They ask for what they know once more.
  boolean askAgain(Duration bound) throws InterruptedException {
    threads.clear();
    clients.forEach(client -> threads.add(started(client::askAllAgain)));
    return joined(bound);
  }

  private interface Errand {
    void run() throws InterruptedException;
  }

  private Thread started(Errand errand) {
    return Thread.ofVirtual()
        .start(() -> {
          try {
            errand.run();
          } catch (InterruptedException leaving) {
            // the bound is over
          } catch (RuntimeException | Error broken) {
            failures.add(broken);
          }
        });
  }

  private boolean joined(Duration bound) throws InterruptedException {
    boolean all = true;
    for (Thread thread : threads) {
      all &= thread.join(all ? bound : Duration.ofMillis(1));
    }
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      all &= thread.join(Duration.ofSeconds(1));
    }
    return all;
  }

  /// Why a client could not go on, if one could not: a bug of ours.
  Optional<Throwable> failure() {
    return Optional.ofNullable(failures.peek());
  }

  void leave() {
    over = true;
    threads.forEach(Thread::interrupt);
    desks.forEach(Desk::close);
  }
}
