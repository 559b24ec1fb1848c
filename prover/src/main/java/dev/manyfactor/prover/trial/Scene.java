package dev.manyfactor.prover.trial;

import dev.manyfactor.faults.PostgresProxy;
import dev.manyfactor.formation.Manifest;
import dev.manyfactor.prover.outcome.Control;
import dev.manyfactor.prover.outcome.Transcript;
import dev.manyfactor.prover.standin.Mutant;
import dev.manyfactor.prover.standin.StandInUpstream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What one trial has to itself: a migrated database, a proxy in front of each dependency, and the
/// processes that it starts. Everything ends with the trial.
///
/// What is done through it is written into the transcript by it; a rule adds only what it alone
/// knows.
public interface Scene {
  /// What the rule knew before.
  Bench bench();

  /// What has happened so far.
  Transcript transcript();

  /// Starts a process; it may not be ready.
  Running start(Start start) throws InterruptedException;

  /// Starts a process and waits until it is ready.
  ///
  /// @throws BaselineMissing when it does not become ready within the declared time and a half
  Running startReady(Start start) throws InterruptedException;

  /// The ways to the dependencies, in the order of the manifest.
  List<Link> links();

  /// The proxy that reads what goes to the database; processes and tasks that are begun after the
  /// first call go through it instead of the link. Empty for a service without a database.
  Optional<PostgresProxy> wire();

  /// The services that this one calls, by the names of the dependencies: stand-ins, each behind its
  /// link.
  Map<String, StandInUpstream> upstreams();

  /// The database of this scene; empty for a service without one.
  Optional<Database> database();

  /// One more database, migrated and empty.
  Database anotherDatabase();

  /// One more database that nothing has been done to, with the same roles.
  Database emptyDatabase();

  /// Begins a declared task.
  RunningTask begin(Errand errand) throws InterruptedException;

  /// The whole environment that a process would be started with; for rules that leave things out.
  Map<String, String> environment(Start start);

  /// What every process gets beside what is declared, by name: what a machine has to give, and
  /// where to listen.
  Set<String> grants();

  /// A sample as a request: `{unique}` filled in, a token if its operation asks for one, a fresh
  /// `Idempotency-Key` if it takes one, a `traceparent`.
  Call call(Manifest.Sample sample);

  /// The same, sent by somebody else, where its operation asks for a token.
  Call call(Manifest.Sample sample, Principal sender);

  /// A token for these scopes, for the user that samples are sent as.
  String token(Set<String> scopes);

  /// A token that is wrong in one way, and otherwise like that of [#token(Set)].
  String mutant(Mutant mutant, Set<String> scopes);

  /// The read of what a sample made: by its `read` path, or the `Location` of the answer.
  Optional<Call> readOf(Manifest.Sample sample, Exchange made);

  /// Notes that a control holds, by what was seen.
  void holds(Control control, String observation);
}
