package dev.manyfactor.prover.rules;

import dev.manyfactor.faults.Deed;
import dev.manyfactor.faults.Hit;
import dev.manyfactor.faults.PostgresMessage;
import dev.manyfactor.faults.PostgresProxy;
import dev.manyfactor.faults.Sequel;
import dev.manyfactor.faults.Watch;
import dev.manyfactor.formation.Manifest;
import dev.manyfactor.prover.trial.BaselineMissing;
import dev.manyfactor.prover.trial.Call;
import dev.manyfactor.prover.trial.Database;
import dev.manyfactor.prover.trial.Exchange;
import dev.manyfactor.prover.trial.Running;
import dev.manyfactor.prover.trial.Scene;
import dev.manyfactor.prover.trial.Start;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/// An instance of the service whose statements are read on their way to the database, and that is
/// struck at one of them while it serves a request. Used by one thread.
///
/// It is made ready by a few requests, from which it is known which statements one consists of and
/// which rows it adds.
final class CrashSite {
  private static final int WARMING = 2;
  private static final Duration QUIET = Duration.ofMillis(300);
  private static final Duration SETTLING = Duration.ofSeconds(10);

  private final Scene scene;
  private final Manifest.Sample sample;
  private final PostgresProxy wire;
  private final Database database;
  private final Set<String> ownTables;
  private final Set<String> background;
  private final List<PostgresMessage> counted;
  private final Map<String, Long> effect;
  private Running web;
  private int starts = 1;

  /// What came of a request during which something was done.
  ///
  /// @param hit where it was done; empty if the request was over before
  record Struck(Exchange exchange, Optional<Hit> hit) {}

  /// Starts an instance and sends it a sample a few times.
  ///
  /// @throws BaselineMissing when that does not succeed
  CrashSite(Scene scene, Manifest.Sample sample) throws InterruptedException {
    this.scene = scene;
    this.sample = sample;
    this.wire = scene.wire().orElseThrow();
    this.database = scene.database().orElseThrow();
    Map<String, Long> unstarted = database.rows();
    this.web = started();
    this.ownTables = Creation.gained(unstarted, database.rows()).keySet();
    for (int number = 0; number < WARMING; number++) {
      succeeding(fresh());
    }
    this.background = background();
    Map<String, Long> before = database.rows();
    Watch watch = wire.watch(this::counts);
    succeeding(fresh());
    Thread.sleep(QUIET); // it may write after its answer
    this.counted = watch.seen();
    this.effect = gainedApart(before);
  }

  private Running started() throws InterruptedException {
    String process = scene.bench().subject().web().orElseThrow().name();
    return scene.startReady(Start.of(process).as(process + " " + starts));
  }

  /// What it says to the database without being asked anything.
  private Set<String> background() throws InterruptedException {
    Watch idle = wire.watch(Boundary::counts);
    Thread.sleep(QUIET);
    return idle.seen().stream()
        .filter(message -> !Transactions.isControl(message))
        .map(PostgresMessage::label)
        .collect(Collectors.toSet());
  }

  private boolean counts(PostgresMessage message) {
    return Boundary.counts(message) && !background.contains(message.label());
  }

  /// The sample as nobody has sent it before, with a key.
  Call fresh() {
    return scene.call(sample).with(Creation.KEY, UUID.randomUUID().toString());
  }

  private Exchange succeeding(Call call) throws InterruptedException {
    Exchange exchange = web.send(call);
    if (!exchange.succeeded()) {
      throw new BaselineMissing("the sample does not succeed before anything is done: " + exchange);
    }
    return exchange;
  }

  /// The messages of one request that count, in their order.
  List<PostgresMessage> counted() {
    return counted;
  }

  /// The rows that one effect adds, by table; of tables to which a start alone adds nothing.
  Map<String, Long> effect() {
    return effect;
  }

  /// The rows that have been added, of those tables to which an effect adds some.
  Map<String, Long> gainedSince(Map<String, Long> before) {
    Map<String, Long> gained = gainedApart(before);
    gained.keySet().retainAll(effect.keySet());
    return gained;
  }

  private Map<String, Long> gainedApart(Map<String, Long> before) {
    Map<String, Long> gained = new TreeMap<>(Creation.gained(before, database.rows()));
    gained.keySet().removeAll(ownTables);
    return gained;
  }

  /// How many rows each table has.
  Map<String, Long> rows() {
    return database.rows();
  }

  /// The process that serves now.
  Running web() {
    return web;
  }

  /// Sends a request and kills the process at a boundary; all of its sessions are over then.
  Struck kill(Boundary boundary, Call call) throws InterruptedException {
    return kill(boundary, call, Duration.ZERO);
  }

  /// The same, but the process lives for a while when it has come there.
  Struck kill(Boundary boundary, Call call, Duration pause) throws InterruptedException {
    Running victim = web;
    Struck struck =
        strike(
            boundary,
            call,
            hit -> {
              Thread.sleep(pause);
              scene
                  .transcript()
                  .add("prover", "SIGKILL to %s, %s".formatted(victim.label(), boundary));
              victim.process().kill();
              return Sequel.CUT;
            });
    if (struck.hit().isPresent()) {
      var _ = victim.process().awaitExit(SETTLING);
      wire.cut(_ -> true);
      awaitNoSessions();
    }
    return struck;
  }

  /// Sends a request and does something at a boundary.
  Struck strike(Boundary boundary, Call call, Deed deed) throws InterruptedException {
    Watch watch = wire.watch(this::counts, boundary.strike(deed));
    Exchange exchange = web.send(call);
    Duration patience = exchange.status() < 0 ? SETTLING : QUIET; // it may write after its answer
    Optional<Hit> hit = watch.awaitHit(patience);
    watch.end();
    return new Struck(exchange, hit);
  }

  private void awaitNoSessions() throws InterruptedException {
    Duration until = scene.transcript().elapsed().plus(SETTLING);
    while (database.sessions() > 0 && scene.transcript().elapsed().compareTo(until) < 0) {
      Thread.sleep(20);
    }
  }

  /// Starts a successor of the process that was killed.
  void succeed() throws InterruptedException {
    starts++;
    web = started();
  }

  /// Sends a request again until its answer is final.
  Exchange insist(Call call) throws InterruptedException {
    return Crashes.insist(scene, web, call);
  }

  /// Whether nothing of it can be seen: it says nothing to the database, or it is the only sample
  /// and adds no row.
  boolean isBlind() {
    return counted.isEmpty() || (effect.isEmpty() && Creation.samples(scene.bench()).size() == 1);
  }

  /// For what was observed: that rows have told nothing, if so.
  String limit() {
    return effect.isEmpty() ? " (it adds no row, so its answers alone were seen)" : "";
  }

  /// Whether there is time for one more boundary, of the time that a trial has.
  boolean hasTime() {
    return scene.transcript().elapsed().compareTo(Duration.ofMinutes(2)) < 0;
  }

  /// The names of tables that hold a text in some row, for example the key of a request.
  Set<String> tablesWith(String text) {
    return new HashSet<>(TableSearch.of(database, effect.keySet(), text));
  }
}
