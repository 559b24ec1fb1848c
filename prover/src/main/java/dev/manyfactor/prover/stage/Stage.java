package dev.manyfactor.prover.stage;

import dev.manyfactor.formation.Command;
import dev.manyfactor.formation.Dependency;
import dev.manyfactor.formation.Manifest;
import dev.manyfactor.formation.Surroundings;
import dev.manyfactor.formation.Wiring;
import dev.manyfactor.prover.observe.Launch;
import dev.manyfactor.prover.observe.Observed;
import dev.manyfactor.prover.observe.OutputLine;
import dev.manyfactor.prover.observe.Sandbox;
import dev.manyfactor.prover.outcome.Transcript;
import dev.manyfactor.prover.trial.Bench;
import dev.manyfactor.prover.trial.Database;
import dev.manyfactor.prover.trial.Subject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Everything around the service for the length of a run; a scene of it is opened for each trial.
///
/// Safe on many threads.
public final class Stage implements AutoCloseable {
  private static final Duration RELEASE = Duration.ofMinutes(2);
  private static final int LAST_LINES = 5;
  private static final int LONGEST = 4_000;

  private final Subject subject;
  private final Sandbox sandbox;
  private final Surroundings surroundings;
  private final Secrets secrets = new Secrets();
  private final Environment environment;
  private final Backing backing;
  private final Standing standing = new Standing(this);

  /// Starts what all trials share; nothing of the service runs yet.
  ///
  /// @param folder where PostgreSQL and the issuer keep what they need
  public Stage(Subject subject, Sandbox sandbox, Surroundings surroundings, Path folder)
      throws InterruptedException {
    this.subject = subject;
    this.sandbox = sandbox;
    this.surroundings = surroundings;
    this.environment = new Environment(subject, surroundings.environment(), secrets);
    this.backing = Backing.start(subject.manifest(), secrets, folder);
  }

  /// Runs the release task of the service, if it has one, on the database that scenes copy.
  ///
  /// @return what went wrong; empty if nothing did
  public Optional<String> release() throws InterruptedException {
    Manifest.Programs programs = subject.manifest().programs();
    Optional<Command> task = programs.release().flatMap(programs::task);
    if (task.isEmpty()) {
      return Optional.empty();
    }
    String name = programs.release().orElseThrow();
    Path scratch = sandbox.scratch(name);
    try (Surrounding surrounding = new Surrounding(this, transcript())) {
      Map<String, String> variables = new HashMap<>(environment.base(scratch));
      variables.putAll(surrounding.addresses(backing.original().map(Database.class::cast)));
      variables.putAll(migrationAddresses());
      Set<Integer> connects = surrounding.ports();
      connects.add(backing.databasePort()); // where the owner's address leads
      return ended(
          new Launch(
              name,
              Wiring.located(task.get().words(), variables),
              subject.manifest().directory(),
              variables,
              new Launch.Reach(scratch, connects)));
    }
  }

  private Optional<String> ended(Launch task) throws InterruptedException {
    try (Observed run = sandbox.start(task)) {
      boolean ended = run.awaitExit(RELEASE);
      int code = run.exitCode().orElse(-1);
      return ended && code == 0
          ? Optional.empty()
          : Optional.of(
              "the release task \"%s\" %s: %s"
                  .formatted(
                      task.name(),
                      ended ? "ended with exit code " + code : "did not end within 2 min",
                      masked(end(run.output().lines()))));
    }
  }

  private Map<String, String> migrationAddresses() {
    Map<String, String> addresses = new HashMap<>();
    for (Dependency.Postgres postgres :
        subject.manifest().dependencies(Dependency.Postgres.class)) {
      backing
          .original()
          .ifPresent(database ->
              addresses.put(postgres.migrationVariable(), database.address().ownerUrl()));
    }
    return addresses;
  }

  private static String end(List<OutputLine> lines) {
    return String.join(
        " ⏎ ",
        lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()).stream()
            .map(OutputLine::text)
            .toList());
  }

  /// A transcript that begins now and shows no secret of this run.
  public Transcript transcript() {
    return new Transcript(surroundings.nanos(), secrets::masked);
  }

  /// A text without any secret of this run, and not longer than anybody reads: what a service says
  /// may be megabytes.
  public String masked(String text) {
    String masked = secrets.masked(text);
    return masked.length() <= LONGEST ? masked : masked.substring(0, LONGEST) + " …";
  }

  /// What one trial has to itself.
  public StageScene scene(Bench bench, Transcript transcript) {
    return new StageScene(this, bench, transcript);
  }

  /// The formation that trials share which only talk to the service.
  public Standing standing() {
    return standing;
  }

  /// The service.
  public Subject subject() {
    return subject;
  }

  Sandbox sandbox() {
    return sandbox;
  }

  Surroundings surroundings() {
    return surroundings;
  }

  Secrets secrets() {
    return secrets;
  }

  Environment environment() {
    return environment;
  }

  Backing backing() {
    return backing;
  }

  /// Ends everything that it has started.
  @Override
  public void close() {
    standing.close();
    backing.close();
  }
}
