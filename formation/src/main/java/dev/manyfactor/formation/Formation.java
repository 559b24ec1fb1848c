package dev.manyfactor.formation;

import dev.manyfactor.formation.FormationState.Running;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// A service with everything it needs, on this machine: builds what is stale, starts PostgreSQL,
/// the issuer, the services it depends on and then itself, watches over them, and ends all of it in
/// the opposite order.
///
/// [#run()] does all that in the calling thread and returns when it is over; [#stop()] and
/// [#kill()] may be called from any thread, usually that of a signal. A formation runs once.
///
/// ```java
/// var formation = new Formation(FormationSettings.of(directory), Surroundings.ofProcess(), events::add);
/// Formation.Outcome outcome = formation.run();
/// ```
public final class Formation {
  private final FormationSettings settings;
  private final Surroundings surroundings;
  private final Consumer<Event> events;
  private final Optional<Laboratory> laboratory;
  private final FormationHome home;
  private final Backing backing;
  private final Parts parts = new Parts();
  private final Ending ending = new Ending();
  private final List<ServiceRun> services = new CopyOnWriteArrayList<>();
  private final String id = UUID.randomUUID().toString();
  private volatile boolean ready;
  private boolean over;

  /// Prepares a formation; nothing happens before [#run()].
  public Formation(FormationSettings settings, Surroundings surroundings, Consumer<Event> events) {
    this(settings, surroundings, events, Optional.empty());
  }

  private Formation(
      FormationSettings settings,
      Surroundings surroundings,
      Consumer<Event> events,
      Optional<Laboratory> laboratory) {
    this.settings = settings;
    this.surroundings = surroundings;
    this.events = events;
    this.laboratory = laboratory;
    this.home =
        laboratory
            .map(given -> new FormationHome(given.home()))
            .orElseGet(() -> FormationHome.of(settings.directory()));
    this.backing = new Backing(home, surroundings, events, settings.data());
  }

  /// Prepares a formation in a laboratory; nothing happens before [#run()].
  public static Formation in(
      Laboratory laboratory,
      FormationSettings settings,
      Surroundings surroundings,
      Consumer<Event> events) {
    return new Formation(settings, surroundings, events, Optional.of(laboratory));
  }

  /// How a formation came to its end when nothing failed.
  public enum Outcome {
    /// It was ready, was asked to stop, and did.
    STOPPED,
    /// It was asked to stop before everything was ready.
    CALLED_OFF
  }

  /// Starts everything, waits until it is asked to stop, ends everything.
  ///
  /// @throws FormationException when something cannot start, or ends by itself; everything has been
  ///   ended by then
  public Outcome run() {
    List<Manifest> members = Members.of(settings.directory());
    Selection selection = Selection.of(settings, members);
    try (FormationLock _ = FormationLock.take(home.made())) {
      ending.watch(Thread.currentThread());
      try {
        start(members, selection);
        ending.await();
      } catch (InterruptedException over) {
        ending.begin(); // why, the ending knows
      } catch (FormationException failure) {
        if (!ending.isDue()) { // a file that an interrupted thread writes fails, and means nothing
          throw failure;
        }
      } finally {
        ending.begin();
        end();
      }
      ending.throwIfFailed();
      return ready ? Outcome.STOPPED : Outcome.CALLED_OFF;
    }
  }

  /// Asks a running formation to end in order; more calls change nothing.
  public void stop() {
    ending.request();
  }

  /// Ends every process at once; [#run()] then returns soon.
  public void kill() {
    ending.request();
    parts.kill();
  }

  private void start(List<Manifest> all, Selection selection) throws InterruptedException {
    Stopwatch watch = Stopwatch.start(surroundings.nanos());
    Preflight preflight = new Preflight(settings, surroundings, home, events);
    preflight.endLeftovers(); // they may hold the ports
    List<Placement> placements = Placement.of(all, selection, settings.shape().port());
    List<Manifest> members = selection.of(all);
    preflight.check(members, placements.getLast(), backing);
    save();
    if (settings.data().fresh()) {
      backing.removeKept(members.getLast().name());
    }
    backing.start(members, parts);
    List<ServiceLauncher> launchers = launchers(placements);
    ReleaseStep.runAll(launchers, settings.patience().release());
    for (ServiceLauncher launcher : launchers) {
      start(launcher);
    }
    backing.watch(ending::fail);
    ready = true;
    save();
    if (laboratory.isEmpty()) {
      RunningFormations.ofUser().add(settings.directory());
    }
    events.accept(new Event.Running(state(), members.getLast(), watch.elapsed()));
  }

  private List<ServiceLauncher> launchers(List<Placement> placements) throws InterruptedException {
    List<ServiceLauncher> launchers = new ArrayList<>();
    for (Placement placement : placements.stream().filter(Placement::isStarted).toList()) {
      ServiceLauncher.Wires told = backing.wires(placement.manifest(), placements, id);
      ServiceLauncher.Wires wires =
          laboratory.map(given -> given.detoured(placement.manifest(), told)).orElse(told);
      launchers.add(new ServiceLauncher(placement, wires, surroundings, events));
    }
    return launchers;
  }

  private void start(ServiceLauncher launcher) throws InterruptedException {
    ServiceRun service = new ServiceRun(launcher, settings.patience());
    parts.add(service);
    services.add(service);
    service.start();
    save();
    service.awaitReady();
    service.keep(new Keeper.Watch(this::save, ending::fail, RandomGenerator.getDefault()));
  }

  /// Ends one process in order and starts it again; where several of its type run, no request is
  /// lost meanwhile. Returns once it is ready again; may be called from any thread while this runs.
  ///
  /// @param process its name, for example `payments.web.2`
  public void restart(String process) throws InterruptedException {
    Optional<Instance> instance =
        services.stream().flatMap(service -> service.instance(process).stream()).findFirst();
    if (instance.isEmpty()) {
      throw new FormationException(
          ExitCode.USAGE, "no process is called \"%s\"".formatted(process));
    }
    instance.get().restart(settings.patience().ready());
  }

  /// The PostgreSQL servers of its own, once they run.
  public List<EmbeddedPostgres> servers() {
    return backing.servers();
  }

  private synchronized void save() {
    if (!over) {
      home.stateFile().write(state());
    }
  }

  /// What runs at this moment: a process that was started again is another one.
  public FormationState state() {
    return new FormationState(
        id,
        settings.directory(),
        Running.of(ProcessHandle.current()),
        ready,
        backing.access(),
        services.stream().map(ServiceRun::state).toList());
  }

  private synchronized void forget() {
    over = true;
    home.stateFile().delete();
  }

  private void end() {
    if (!parts.isEmpty()) {
      events.accept(new Event.Stopping());
    }
    parts.stop();
    if (laboratory.isEmpty()) {
      RunningFormations.ofUser().remove(settings.directory());
    }
    forget();
  }
}
