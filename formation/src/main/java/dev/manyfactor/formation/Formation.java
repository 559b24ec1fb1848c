package dev.manyfactor.formation;

import dev.manyfactor.formation.FormationState.Running;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

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
  private final FormationHome home;
  private final Backing backing;
  private final Parts parts = new Parts();
  private final Ending ending = new Ending();
  private final List<ServiceRun> services = new ArrayList<>();
  private final String id = UUID.randomUUID().toString();
  private boolean ready;

  /// Prepares a formation; nothing happens before [#run()].
  public Formation(FormationSettings settings, Surroundings surroundings, Consumer<Event> events) {
    this.settings = settings;
    this.surroundings = surroundings;
    this.events = events;
    this.home = FormationHome.of(settings.directory());
    this.backing = new Backing(home, surroundings, events);
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
    try (FormationLock _ = FormationLock.take(home.made())) {
      ending.watch(Thread.currentThread());
      try {
        start(members);
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

  private void start(List<Manifest> members) throws InterruptedException {
    Stopwatch watch = Stopwatch.start(surroundings.nanos());
    endLeftovers(); // they may hold the ports
    members.forEach(this::tellNotes);
    List<Placement> placements = Placement.of(members, settings.port());
    placements.getLast().requireFree();
    build(members);
    RequiredPrograms.check(members, surroundings.environment());
    save();
    backing.start(members, parts);
    List<ServiceLauncher> launchers = launchers(placements);
    ReleaseStep.runAll(launchers, settings.patience().release());
    for (ServiceLauncher launcher : launchers) {
      start(launcher);
    }
    backing.watch(ending::fail);
    ready = true;
    save();
    RunningFormations.ofUser().add(settings.directory());
    events.accept(new Event.Running(state(), members.getLast(), watch.elapsed()));
  }

  private void endLeftovers() throws InterruptedException {
    var earlier = home.state();
    if (earlier.isPresent()) {
      int ended = Leftovers.end(earlier.get(), settings.patience().stop());
      if (ended > 0) {
        events.accept(
            new Event.Provided("cleanup", ended + " processes of an earlier formation ended"));
      }
    }
  }

  private void tellNotes(Manifest member) {
    Notes.on(member).forEach(note -> events.accept(new Event.Noted(member.name(), note)));
  }

  private void build(List<Manifest> members) throws InterruptedException {
    BuildRun build =
        new BuildRun(
            home,
            Wiring.buildEnvironment(surroundings.environment()),
            settings.patience().build(),
            surroundings.nanos());
    // the service asked for comes first: its build may well make its dependencies' artifacts
    for (Manifest member : members.reversed()) {
      build.ifStale(member, events);
    }
  }

  private List<ServiceLauncher> launchers(List<Placement> placements) throws InterruptedException {
    List<ServiceLauncher> launchers = new ArrayList<>();
    for (Placement placement : placements) {
      launchers.add(
          new ServiceLauncher(
              placement,
              backing.wires(placement.manifest(), placements, id),
              surroundings,
              events));
    }
    return launchers;
  }

  private void start(ServiceLauncher launcher) throws InterruptedException {
    ServiceRun service = new ServiceRun(launcher, settings.patience().stop());
    parts.add(service);
    services.add(service);
    service.start();
    save();
    service.awaitReady(settings.patience().ready());
    service.watch(ending::fail);
  }

  private void save() {
    home.stateFile().write(state());
  }

  private FormationState state() {
    return new FormationState(
        id,
        settings.directory(),
        Running.of(ProcessHandle.current()),
        ready,
        backing.access(),
        services.stream().map(ServiceRun::state).toList());
  }

  private void end() {
    if (!parts.isEmpty()) {
      events.accept(new Event.Stopping());
    }
    parts.stop();
    RunningFormations.ofUser().remove(settings.directory());
    home.stateFile().delete();
  }
}
