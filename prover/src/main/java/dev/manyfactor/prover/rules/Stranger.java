package dev.manyfactor.prover.rules;

import dev.manyfactor.formation.Manifest;
import dev.manyfactor.prover.outcome.Finding;
import dev.manyfactor.prover.outcome.Reason;
import dev.manyfactor.prover.trial.Call;
import dev.manyfactor.prover.trial.Database;
import dev.manyfactor.prover.trial.Exchange;
import dev.manyfactor.prover.trial.Principal;
import dev.manyfactor.prover.trial.Running;
import dev.manyfactor.prover.trial.Scene;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Somebody else than samples are usually sent as, whom the service serves as well.
///
/// It is somebody of another tenant if the service serves such, since some keep keys by tenant;
/// otherwise another one of the same.
///
/// @param served an answer to a request of theirs, under a key that nobody else has used
/// @param effect the rows that it added; empty without a database
record Stranger(
    Scene scene,
    Manifest.Sample sample,
    Running web,
    Principal who,
    Exchange served,
    Optional<Map<String, Long>> effect) {
  private static final List<Principal> CANDIDATES =
      List.of(
          new Principal("stranger", "umbrella"),
          new Principal("stranger", Principal.USUAL.tenant()));

  /// Whom the service serves; empty if it serves nobody else.
  static Optional<Stranger> in(Scene scene, Manifest.Sample sample, Running web)
      throws InterruptedException {
    for (Principal candidate : CANDIDATES) {
      Optional<Map<String, Long>> before = scene.database().map(Database::rows);
      Exchange exchange =
          web.send(scene.call(sample, candidate).with(Creation.KEY, UUID.randomUUID().toString()));
      if (exchange.succeeded()) {
        Optional<Map<String, Long>> effect = gained(scene, before);
        return Optional.of(new Stranger(scene, sample, web, candidate, exchange, effect));
      }
    }
    return Optional.empty();
  }

  /// What to say when there is none.
  static Finding none(Call first) {
    return new Finding.Undecided(
        Reason.UNREACHED,
        "%s succeeds as %s, and neither as %s; the service must serve whom its issuer knows"
            .formatted(first, Principal.USUAL, CANDIDATES));
  }

  private static Optional<Map<String, Long>> gained(
      Scene scene, Optional<Map<String, Long>> before) {
    return before.flatMap(rows -> scene.database().map(now -> Creation.gained(rows, now.rows())));
  }

  /// Sends a request of its own under the key of another one; says what is wrong.
  ///
  /// @param made what the other one was answered
  Optional<Finding> borrowing(Call first, Exchange made) throws InterruptedException {
    String key = first.headers().getOrDefault(Creation.KEY, "");
    Optional<Map<String, Long>> before = scene.database().map(Database::rows);
    Exchange exchange = web.send(scene.call(sample, who).with(Creation.KEY, key));
    Optional<Map<String, Long>> gained = gained(scene, before);
    String sent =
        "the key of %s, which %s had sent, was sent by %s with a request of their own, and was to be as good as new"
            .formatted(made, Principal.USUAL, who);
    if (exchange.status() < 0) {
      return Optional.of(
          new Finding.Undecided(Reason.UNREACHED, "a second identity got no answer: " + exchange));
    }
    if (!exchange.succeeded()) {
      return Optional.of(new Finding.Broken("%s, but: %s".formatted(sent, exchange)));
    }
    if (exchange.body().equals(made.body()) && !made.body().equals(served.body())) {
      return Optional.of(
          new Finding.Broken(
              "%s, but %s gave them the other's answer: %s"
                  .formatted(sent, exchange, made.body())));
    }
    return gained.equals(effect)
        ? Optional.empty()
        : Optional.of(
            new Finding.Broken(
                "%s, but %s added the rows %s, where a key of their own adds %s"
                    .formatted(sent, exchange, gained.orElseThrow(), effect.orElseThrow())));
  }

  @Override
  public String toString() {
    return "%s is served as well: %s".formatted(who, served);
  }
}
