package dev.manyfactor.prover.rules;

import dev.manyfactor.formation.Dependency;
import dev.manyfactor.formation.Manifest;
import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.outcome.Reason;
import dev.manyfactor.prover.trial.Applicability;
import dev.manyfactor.prover.trial.Bench;
import dev.manyfactor.prover.trial.Call;
import dev.manyfactor.prover.trial.Exchange;
import dev.manyfactor.prover.trial.Running;
import dev.manyfactor.prover.trial.Scene;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What rules about kills between statements have in common.
final class Crashes {
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Set<Integer> NOT_YET = Set.of(409, 425, 429, 500, 502, 503, 504, -1);

  private Crashes() {}

  /// Whether there are statements to be interrupted: of a request that changes something, to a
  /// database that the manifest declares.
  static Applicability antecedent(Bench bench) {
    Applicability repeatable = Creation.antecedent(bench);
    return repeatable instanceof Applicability.Applies
            && bench.manifest().dependencies(Dependency.Postgres.class).isEmpty()
        ? new Applicability.DoesNotApply(
            "the manifest declares no database, so there is no statement to be interrupted at")
        : repeatable;
  }

  /// Whether a request that was sent again has had one effect in all.
  ///
  /// @param happened what happened to it first
  /// @return what is wrong; empty if nothing is
  static Optional<Finding> wrong(
      CrashSite site, String happened, Map<String, Long> before, Exchange last) {
    if (!last.succeeded()) {
      return Optional.of(
          new Finding.Broken(
              "%s; the same request sent again was to succeed with one effect, but: %s"
                  .formatted(happened, last)));
    }
    Map<String, Long> gained = site.gainedSince(before);
    return gained.equals(site.effect())
        ? Optional.empty()
        : Optional.of(
            new Finding.Broken(
                "%s, and the same request was sent again (%s): the rows %s were added in all, where one effect adds %s"
                    .formatted(happened, last, gained, site.effect())));
  }

  /// What to say where nothing can be counted.
  static Finding nothingToSee(Manifest.Sample sample, List<?> statements) {
    return new Finding.Undecided(
        Reason.NO_PROBE_OPERATION,
        statements.isEmpty()
            ? "%s %s says nothing to the database of the manifest; add a sample that changes something there"
                .formatted(sample.method(), sample.path())
            : "%s %s adds no row to the database, so its effects cannot be counted; add a sample that makes something"
                .formatted(sample.method(), sample.path()));
  }

  /// Sends a request again until its answer is final, at most as long as recovery may take.
  static Exchange insist(Scene scene, Running web, Call call) throws InterruptedException {
    Duration recovery = scene.bench().manifest().proving().deadlines().recovery();
    Duration until = scene.transcript().elapsed().plus(recovery);
    Exchange exchange = web.send(call);
    boolean again = false;
    while (NOT_YET.contains(exchange.status())
        && scene.transcript().elapsed().compareTo(until) < 0) {
      Thread.sleep(PAUSE);
      exchange = web.sendUnrecorded(call, recovery);
      again = true;
    }
    if (again) {
      scene.transcript().add("client", "sent again and again; at last: " + exchange);
    }
    return exchange;
  }

  /// The places of statements.
  static Set<Integer> numbers(List<Boundary> boundaries) {
    return boundaries.stream().map(Boundary::number).collect(Collectors.toSet());
  }
}
