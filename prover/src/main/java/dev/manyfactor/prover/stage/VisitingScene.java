package dev.manyfactor.prover.stage;

import dev.manyfactor.faults.Behaviour;
import dev.manyfactor.faults.PostgresProxy;
import dev.manyfactor.faults.Traffic;
import dev.manyfactor.formation.Dependency;
import dev.manyfactor.formation.Manifest;
import dev.manyfactor.prover.outcome.Control;
import dev.manyfactor.prover.outcome.Transcript;
import dev.manyfactor.prover.standin.Mutant;
import dev.manyfactor.prover.standin.StandInUpstream;
import dev.manyfactor.prover.trial.Bench;
import dev.manyfactor.prover.trial.Call;
import dev.manyfactor.prover.trial.Database;
import dev.manyfactor.prover.trial.Errand;
import dev.manyfactor.prover.trial.Exchange;
import dev.manyfactor.prover.trial.Link;
import dev.manyfactor.prover.trial.Principal;
import dev.manyfactor.prover.trial.Running;
import dev.manyfactor.prover.trial.RunningTask;
import dev.manyfactor.prover.trial.Start;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The scene of a trial that talks to the [Standing] formation: its processes run already, and what
/// stands around them stays as it is.
public final class VisitingScene implements OpenScene {
  private final Standing standing;
  private final StageScene host;
  private final Bench bench;
  private final Transcript transcript;
  private final Map<Control, String> controls = new ConcurrentHashMap<>();
  private final Map<String, Integer> joined = new HashMap<>();

  VisitingScene(Standing standing, StageScene host, Bench bench, Transcript transcript) {
    this.standing = standing;
    this.host = host;
    this.bench = bench;
    this.transcript = transcript;
  }

  @Override
  public Bench bench() {
    return bench;
  }

  @Override
  public Transcript transcript() {
    return transcript;
  }

  @Override
  public Map<Control, String> controls() {
    return Map.copyOf(controls);
  }

  /// One that runs already; asked again for the same type, another one.
  ///
  /// @throws IllegalStateException when it should be started otherwise than the others
  @Override
  public Running start(Start start) throws InterruptedException {
    return startReady(start);
  }

  @Override
  public Running startReady(Start start) throws InterruptedException {
    if (!start.equals(Start.of(start.process()).as(start.label()))) {
      throw new IllegalStateException("a rule that only talks starts nothing in its own way");
    }
    int number = joined.merge(start.process(), 1, Integer::sum) - 1;
    return standing.resident(start, number, transcript);
  }

  @Override
  public List<Link> links() {
    return host.links().stream().<Link>map(OnlyWatched::new).toList();
  }

  /// A way that others use as well.
  private record OnlyWatched(Link link) implements Link {
    @Override
    public Dependency dependency() {
      return link.dependency();
    }

    @Override
    public void behave(Behaviour behaviour) {
      throw new IllegalStateException("a rule that only talks leaves every way as it is");
    }

    @Override
    public Traffic traffic() {
      return link.traffic();
    }
  }

  /// None: it would take the place of a link for those that come later.
  @Override
  public Optional<PostgresProxy> wire() {
    return Optional.empty();
  }

  @Override
  public Map<String, StandInUpstream> upstreams() {
    return host.upstreams();
  }

  @Override
  public Optional<Database> database() {
    return host.database();
  }

  @Override
  public Database anotherDatabase() {
    return host.anotherDatabase();
  }

  @Override
  public Database emptyDatabase() {
    return host.emptyDatabase();
  }

  @Override
  public RunningTask begin(Errand errand) {
    throw new IllegalStateException("a rule that only talks runs no task");
  }

  @Override
  public Map<String, String> environment(Start start) {
    return host.environment(start);
  }

  @Override
  public Set<String> grants() {
    return host.grants();
  }

  @Override
  public Call call(Manifest.Sample sample) {
    return host.call(sample);
  }

  @Override
  public Call call(Manifest.Sample sample, Principal sender) {
    return host.call(sample, sender);
  }

  @Override
  public String token(Set<String> scopes) {
    return host.token(scopes);
  }

  @Override
  public String mutant(Mutant mutant, Set<String> scopes) {
    return host.mutant(mutant, scopes);
  }

  @Override
  public Optional<Call> readOf(Manifest.Sample sample, Exchange made) {
    return host.readOf(sample, made);
  }

  @Override
  public void holds(Control control, String observation) {
    transcript.add("prover", control.id() + " holds: " + observation);
    controls.putIfAbsent(control, host.masked(observation));
  }

  /// Ends the visit; the formation stays.
  @Override
  public void close() {
    standing.leave();
  }
}
