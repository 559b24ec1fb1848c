package dev.manyfactor.chaos.loop;

import dev.manyfactor.faults.TcpProxy;
import dev.manyfactor.formation.Chaos;
import dev.manyfactor.formation.EmbeddedPostgres;
import dev.manyfactor.formation.Formation;
import dev.manyfactor.formation.FormationSettings;
import dev.manyfactor.formation.FormationSettings.Data;
import dev.manyfactor.formation.FormationSettings.Patience;
import dev.manyfactor.formation.FormationSettings.Shape;
import dev.manyfactor.formation.FormationState;
import dev.manyfactor.formation.Laboratory;
import dev.manyfactor.formation.Manifest;
import dev.manyfactor.formation.Ports;
import dev.manyfactor.formation.Restarts;
import dev.manyfactor.formation.Scale;
import dev.manyfactor.formation.Surroundings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// What is broken: a formation as `mf up` runs it, in a scratch folder, with a proxy before each
/// thing that a service leans on.
///
/// Safe on many threads; [#close()] ends all of it.
final class Ground implements AutoCloseable {
  private static final int ALWAYS = 1_000_000;
  private static final Restarts PATIENT =
      new Restarts(
          Duration.ofMillis(50), Duration.ofSeconds(1), Duration.ofSeconds(5), ALWAYS, ALWAYS);

  private final Manifest manifest;
  private final Links links = new Links();
  private final Set<ProcessHandle> frozen = ConcurrentHashMap.newKeySet();
  private final FormationThread thread;
  private final Formation formation;

  private Ground(
      LoopSettings settings, Surroundings surroundings, Path scratch, Consumer<String> told) {
    this.manifest = Manifest.read(settings.directory());
    this.thread = new FormationThread(told);
    Patience usual = Patience.DEFAULT;
    this.formation =
        Formation.in(
            new Laboratory(scratch, links),
            new FormationSettings(
                settings.directory(),
                new Shape(
                    OptionalInt.of(Ports.free()), Set.of(), new Scale(settings.load().scale())),
                new Data(false, Optional.empty()),
                new Patience(usual.build(), usual.release(), usual.ready(), usual.stop(), PATIENT)),
            with(surroundings, manifest.chaos()),
            thread::hear);
  }

  /// Prepares everything; nothing happens before [#start()].
  ///
  /// @param scratch gets databases, keys and logs
  /// @param told gets what is being done
  static Ground of(
      LoopSettings settings, Surroundings surroundings, Path scratch, Consumer<String> told) {
    return new Ground(settings, surroundings, scratch, told);
  }

  /// Starts everything and waits until all of it is ready.
  void start() throws InterruptedException {
    thread.run(formation);
  }

  /// Makes [#start()] fail soon.
  void callOff() {
    formation.stop();
  }

  private static Surroundings with(Surroundings surroundings, Chaos chaos) {
    Map<String, String> environment = new HashMap<>(surroundings.environment());
    environment.putAll(chaos.environment());
    return new Surroundings(environment, surroundings.clock(), surroundings.nanos());
  }

  /// Fails if the formation has ended although nobody asked it to.
  void requireRunning() {
    thread.requireRunning();
  }

  Manifest manifest() {
    return manifest;
  }

  FormationState state() {
    return formation.state();
  }

  /// What there is to break.
  Targets targets() {
    return new Targets(
        processes().map(FormationState.ProcessState::name).toList(),
        links.names(),
        formation.servers().stream().map(Ground::name).toList());
  }

  private static String name(EmbeddedPostgres server) {
    return "PostgreSQL " + server.version();
  }

  /// The process that has a name at this moment.
  Optional<ProcessHandle> process(String name) {
    return processes()
        .filter(process -> process.name().equals(name))
        .filter(process -> process.process().isAlive())
        .flatMap(process -> ProcessHandle.of(process.process().pid()).stream())
        .findFirst();
  }

  private Stream<FormationState.ProcessState> processes() {
    return state().services().stream().flatMap(service -> service.processes().stream());
  }

  /// Lets a process stand still until [#thaw(ProcessHandle)].
  boolean freeze(ProcessHandle process) {
    frozen.add(process);
    return Signal.STOP.send(process);
  }

  void thaw(ProcessHandle process) {
    var _ = Signal.CONTINUE.send(process);
    frozen.remove(process);
  }

  TcpProxy link(String name) {
    return links.of(name);
  }

  EmbeddedPostgres server(String name) {
    return formation.servers().stream()
        .filter(server -> name(server).equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no server is called " + name));
  }

  /// The server that holds the databases of all services.
  EmbeddedPostgres server() {
    return formation.servers().getFirst();
  }

  /// Where the service can be asked: its router, if it has one, and each process that serves.
  List<URI> addresses() {
    FormationState.ServiceState service = state().main();
    return Stream.concat(
            service.address().stream(),
            service.processes().stream().flatMap(process -> process.address().stream()))
        .distinct()
        .toList();
  }

  /// Lets everything pass again.
  void heal() {
    links.heal();
  }

  /// Ends everything at once; what stands still would not hear of its end.
  void kill() {
    frozen.forEach(Signal.CONTINUE::send);
    formation.kill();
  }

  /// Ends everything in order.
  @Override
  public void close() {
    heal();
    thread.end(formation);
    links.close();
  }
}
