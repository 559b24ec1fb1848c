package dev.manyfactor.prover.rules;

import com.google.auto.service.AutoService;
import dev.manyfactor.formation.Dependency;
import dev.manyfactor.formation.Manifest;
import dev.manyfactor.prover.outcome.Control;
import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.outcome.Reason;
import dev.manyfactor.prover.trial.Applicability;
import dev.manyfactor.prover.trial.Bench;
import dev.manyfactor.prover.trial.Call;
import dev.manyfactor.prover.trial.Database;
import dev.manyfactor.prover.trial.Exchange;
import dev.manyfactor.prover.trial.Rule;
import dev.manyfactor.prover.trial.Running;
import dev.manyfactor.prover.trial.Scene;
import dev.manyfactor.prover.trial.Start;
import dev.manyfactor.prover.trial.Trial;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// 04-1: another address of the database, and nothing else, moves reads, writes and connections.
///
/// What was made in the first database must not be there after the move, what is made then must be
/// in the second, and nobody may still be connected to the first.
@AutoService(Rule.class)
public final class MovesWithItsUrl implements Rule {
  /// Long enough to be no word that stands there by chance.
  private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"([^\"]{8,100})\"");

  private static final Duration GONE = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(50);

  @Override
  public String requirement() {
    return "04-1";
  }

  @Override
  public Set<Control> controls() {
    return Set.of(Control.BASELINE);
  }

  @Override
  public Applicability antecedent(Bench bench) {
    if (bench.manifest().dependencies(Dependency.Postgres.class).isEmpty()) {
      return new Applicability.DoesNotApply(
          "no database is declared, and its %d samples were answered without a connection to one"
              .formatted(bench.seen().answered().size()));
    }
    return bench.subject().web().isPresent() && bench.subject().create().isPresent()
        ? Applicability.applies()
        : new Applicability.CannotTell(
            Reason.NO_PROBE_OPERATION,
            "no sample makes anything that could be looked for in the database; add one to the manifest, for example `- request: POST /v1/notes` with a `body`");
  }

  @Override
  public List<Trial> trials(Bench bench) {
    return Trial.once(MovesWithItsUrl::move);
  }

  private static Finding move(Scene scene) throws InterruptedException {
    String process = scene.bench().subject().web().orElseThrow().name();
    Manifest.Sample sample = scene.bench().subject().create().orElseThrow();
    Database first = scene.database().orElseThrow();
    Database second = scene.anotherDatabase();
    Running before = scene.startReady(Start.of(process).as(process + " over the first"));
    Exchange made = before.send(scene.call(sample));
    Optional<Call> read = scene.readOf(sample, made);
    Optional<Exchange> found =
        read.isPresent() ? Optional.of(before.send(read.get())) : Optional.empty();
    if (!made.succeeded() || !found.map(Exchange::succeeded).orElse(true)) {
      return new Finding.Undecided(
          Reason.UNREACHED, "what was made over the first database cannot be read: " + made);
    }
    scene.holds(Control.BASELINE, made + (found.isPresent() ? " and can be read" : ""));
    before.process().close();
    Map<String, Long> left = first.rows();
    Running after =
        scene.startReady(Start.of(process).as(process + " over the second").over(second));
    if (found.isPresent() && isThere(found.get(), made, after.send(found.get().call()))) {
      return new Finding.Broken(
          "%s still finds what was made over the first database, although only its address has changed"
              .formatted(read.get()));
    }
    return moved(scene, after, new Two(first, left, second), found.isPresent());
  }

  /// Whether it is found once more; a list that does not hold it any longer succeeds, too.
  private static boolean isThere(Exchange found, Exchange made, Exchange now) {
    Matcher id = ID.matcher(made.body());
    return now.succeeded()
        && (now.body().equals(found.body()) || (id.find() && now.body().contains(id.group(1))));
  }

  /// @param left the rows of the first when the service left it
  private record Two(Database first, Map<String, Long> left, Database second) {}

  private static Finding moved(Scene scene, Running after, Two two, boolean isLookedFor)
      throws InterruptedException {
    Map<String, Long> empty = two.second().rows();
    Exchange made = after.send(scene.call(scene.bench().subject().create().orElseThrow()));
    Map<String, Long> gained = Creation.gained(empty, two.second().rows());
    if (!made.succeeded()) {
      return new Finding.Broken("over the second database the same sample fails: " + made);
    }
    if (gained.isEmpty() || !two.first().rows().equals(two.left())) {
      return new Finding.Broken(
          "%s added %s to the second database and %s to the first, which it should have left"
              .formatted(
                  made,
                  gained.isEmpty() ? "nothing" : gained,
                  Creation.gained(two.left(), two.first().rows())));
    }
    int sessions = sessionsLeft(two.first());
    return sessions == 0 && two.second().sessions() > 0
        ? new Finding.Survived(
            "%s; %s added %s to the second; connections: 0 to the first, %d to the second"
                .formatted(
                    isLookedFor
                        ? "what was made over the first database is not found over the second"
                        : "no answer says where what was made is read, so reads were not tried",
                    made,
                    gained,
                    two.second().sessions()))
        : new Finding.Broken(
            "%d connections to the first database are still open, %d to the second"
                .formatted(sessions, two.second().sessions()));
  }

  /// Those of the process that was ended need a moment to end too.
  private static int sessionsLeft(Database database) throws InterruptedException {
    Duration waited = Duration.ZERO;
    while (database.sessions() > 0 && waited.compareTo(GONE) < 0) {
      Thread.sleep(POLL);
      waited = waited.plus(POLL);
    }
    return database.sessions();
  }
}
