package dev.manyfactor.prover.stage;

import dev.manyfactor.faults.PostgresProxy;
import dev.manyfactor.formation.Command;
import dev.manyfactor.formation.Manifest;
import dev.manyfactor.formation.Ports;
import dev.manyfactor.formation.ProcessType;
import dev.manyfactor.formation.Wiring;
import dev.manyfactor.prover.observe.Launch;
import dev.manyfactor.prover.observe.Observed;
import dev.manyfactor.prover.outcome.Control;
import dev.manyfactor.prover.outcome.Transcript;
import dev.manyfactor.prover.standin.Mutant;
import dev.manyfactor.prover.standin.StandInUpstream;
import dev.manyfactor.prover.trial.BaselineMissing;
import dev.manyfactor.prover.trial.Bench;
import dev.manyfactor.prover.trial.Call;
import dev.manyfactor.prover.trial.Database;
import dev.manyfactor.prover.trial.Errand;
import dev.manyfactor.prover.trial.Exchange;
import dev.manyfactor.prover.trial.Link;
import dev.manyfactor.prover.trial.Principal;
import dev.manyfactor.prover.trial.Readiness;
import dev.manyfactor.prover.trial.RunningTask;
import dev.manyfactor.prover.trial.Start;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// What one trial has to itself; see [Scene]. Closed by the harness.
public final class StageScene implements OpenScene {
  private static final int PATIENCE = 3; // times the declared time: the machine may be busy
  private static final Duration LEAST_PATIENCE = Duration.ofSeconds(10);

  private final Stage stage;
  private final Bench bench;
  private final Transcript transcript;
  private final Calls calls;
  private final List<Observed> started = new CopyOnWriteArrayList<>();
  private final Map<Control, String> controls = new ConcurrentHashMap<>();
  private final Surrounding surrounding;
  private @Nullable Path shared;
  private boolean closed;

  StageScene(Stage stage, Bench bench, Transcript transcript) {
    this.stage = stage;
    this.bench = bench;
    this.transcript = transcript;
    this.surrounding = new Surrounding(stage, transcript);
    this.calls = new Calls(stage.subject(), this::token);
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

  @Override
  public RunningProcess start(Start start) {
    ProcessType type = type(start.process());
    int port = type.listens().isEmpty() ? 0 : start.port().orElseGet(Ports::free);
    int management = Ports.free();
    Path scratch = start.shares() ? shared() : stage.sandbox().scratch(start.process());
    Map<String, String> variables = variables(start, scratch);
    variables.put("MANAGEMENT_PORT", String.valueOf(management));
    type.listens().ifPresent(listens -> variables.put(listens.variable(), String.valueOf(port)));
    overridden(variables, start);
    transcript.add(start.label(), "start: " + described(start, type, port));
    Set<Integer> connects = surrounding.ports();
    connects.add(port == 0 ? management : port); // itself
    Observed process =
        stage
            .sandbox()
            .start(
                new Launch(
                    start.label(),
                    Wiring.located(type.command().words(), variables),
                    stage.subject().manifest().directory(),
                    variables,
                    new Launch.Reach(scratch, connects)));
    keep(process);
    Duration response = stage.subject().manifest().proving().deadlines().response();
    return new RunningProcess(
        process,
        new RunningProcess.Seat(start.label(), type, scratch, port, management, response),
        transcript,
        stage.surroundings().nanos());
  }

  private synchronized Path shared() {
    if (shared == null) {
      shared = stage.sandbox().scratch("shared");
    }
    return shared;
  }

  /// A trial that is given up may go on for a moment: what it starts then ends at once.
  private synchronized void keep(Observed process) {
    if (closed) {
      process.close();
      throw new IllegalStateException("the trial is over");
    }
    started.add(process);
  }

  private static String described(Start start, ProcessType type, int port) {
    StringBuilder text = new StringBuilder(type.command().line());
    type.listens()
        .map(listens -> listens.variable())
        .filter(variable -> !start.with().containsKey(variable))
        .ifPresent(variable -> text.append(", ").append(variable).append("=").append(port));
    start.with().forEach((name, value) -> text.append(", ").append(name).append("=").append(value));
    start.without().forEach(name -> text.append(", without ").append(name));
    return text.toString();
  }

  @Override
  public RunningProcess startReady(Start start) throws InterruptedException {
    RunningProcess running = start(start);
    Duration declared = stage.subject().manifest().proving().deadlines().ready();
    Duration patience = declared.multipliedBy(PATIENCE);
    if (patience.compareTo(LEAST_PATIENCE) < 0) {
      patience = LEAST_PATIENCE;
    }
    return switch (running.awaitReady(patience)) {
      case Readiness.Ready _ -> running;
      case Readiness.Exited(var code, _, var words) ->
          throw new BaselineMissing(
              "%s ended with exit code %d before it was ready: %s"
                  .formatted(start.label(), code, stage.masked(words)));
      case Readiness.NotReady(var after, var answer) ->
          throw new BaselineMissing(
              "%s was not ready after %d s: %s"
                  .formatted(start.label(), after.toSeconds(), answer));
    };
  }

  @Override
  public Map<String, String> environment(Start start) {
    Map<String, String> variables = variables(start, Path.of("/tmp"));
    overridden(variables, start);
    return variables;
  }

  @Override
  public Set<String> grants() {
    return stage.environment().grants();
  }

  private Map<String, String> variables(Start start, Path scratch) {
    Map<String, String> variables = new HashMap<>(stage.environment().base(scratch));
    variables.putAll(surrounding.addresses(start.database()));
    return variables;
  }

  private static void overridden(Map<String, String> variables, Start start) {
    variables.putAll(start.with());
    variables.keySet().removeAll(start.without());
  }

  private ProcessType type(String name) {
    return stage.subject().manifest().programs().processes().stream()
        .filter(type -> type.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no process type " + name));
  }

  @Override
  public List<Link> links() {
    return surrounding.links();
  }

  @Override
  public Optional<PostgresProxy> wire() {
    return surrounding.wire();
  }

  @Override
  public Map<String, StandInUpstream> upstreams() {
    return surrounding.upstreams();
  }

  @Override
  public Optional<Database> database() {
    return surrounding.database();
  }

  @Override
  public Database anotherDatabase() {
    return surrounding.anotherDatabase();
  }

  @Override
  public Database emptyDatabase() {
    return surrounding.emptyDatabase();
  }

  @Override
  public RunningTask begin(Errand errand) {
    Command command = commandOf(errand);
    Path scratch = stage.sandbox().scratch(errand.task());
    Map<String, String> variables = new HashMap<>(stage.environment().base(scratch));
    variables.putAll(surrounding.addresses(errand.database()));
    if (stage.subject().manifest().programs().release().equals(Optional.of(errand.task()))) {
      variables.putAll(surrounding.migrationAddresses(errand.database()));
    }
    transcript.add(errand.label(), "run: " + command.line());
    Launch launch =
        new Launch(
            errand.label(),
            Wiring.located(command.words(), variables),
            stage.subject().manifest().directory(),
            variables,
            new Launch.Reach(scratch, surrounding.ports()));
    Observed process = stage.sandbox().start(launch);
    keep(process);
    return new ObservedTask(errand, process, transcript, stage.surroundings().nanos());
  }

  /// With the arguments that the manifest gives as its example.
  private Command commandOf(Errand errand) {
    Manifest.Programs programs = stage.subject().manifest().programs();
    Command task =
        programs
            .task(errand.task())
            .orElseThrow(() -> new IllegalArgumentException("there is no task " + errand.task()));
    return Optional.ofNullable(programs.examples().get(errand.task()))
        .map(task::followedBy)
        .orElse(task);
  }

  @Override
  public Call call(Manifest.Sample sample) {
    return calls.of(sample);
  }

  @Override
  public Call call(Manifest.Sample sample, Principal sender) {
    return new Calls(stage.subject(), scopes -> surrounding.token(scopes, sender)).of(sample);
  }

  @Override
  public String token(Set<String> scopes) {
    return surrounding.token(scopes);
  }

  @Override
  public String mutant(Mutant mutant, Set<String> scopes) {
    return surrounding.mutant(mutant, scopes);
  }

  @Override
  public Optional<Call> readOf(Manifest.Sample sample, Exchange made) {
    return calls.readOf(sample, made);
  }

  String masked(String text) {
    return stage.masked(text);
  }

  @Override
  public void holds(Control control, String observation) {
    transcript.add("prover", control.id() + " holds: " + observation);
    controls.putIfAbsent(control, masked(observation));
  }

  /// Ends every process of it, then what stood around them.
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    started.forEach(Observed::close);
    surrounding.close();
  }
}
