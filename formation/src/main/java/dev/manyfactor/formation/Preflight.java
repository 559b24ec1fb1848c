package dev.manyfactor.formation;

import java.util.List;
import java.util.function.Consumer;

/// Everything that can be known to fail before something is started or removed.
///
/// @param settings what was asked for
/// @param home of the service that was asked for
/// @param events gets what its user should know
record Preflight(
    FormationSettings settings,
    Surroundings surroundings,
    FormationHome home,
    Consumer<Event> events) {

  /// Ends what an earlier formation left behind.
  void endLeftovers() throws InterruptedException {
    var earlier = home.state();
    if (earlier.isPresent()) {
      int ended = Leftovers.end(earlier.get(), settings.patience().stop());
      if (ended > 0) {
        events.accept(
            new Event.Provided("cleanup", ended + " processes of an earlier formation ended"));
      }
    }
  }

  /// Fails if a port, a PostgreSQL or a program is missing or a build fails.
  ///
  /// @param members of which something is to start, the service asked for last
  /// @param main where that one is to listen
  void check(List<Manifest> members, Placement main, Backing backing) throws InterruptedException {
    members.forEach(member -> tell(member, Notes.on(member)));
    boolean isPlaced = settings.shape().port().isPresent();
    Manifest asked = members.getLast();
    tell(asked, Notes.onShell(asked, surroundings.environment(), isPlaced));
    main.requireFree();
    backing.check(members);
    build(members);
    RequiredPrograms.check(members, surroundings.environment());
  }

  private void tell(Manifest member, List<String> notes) {
    notes.forEach(note -> events.accept(new Event.Noted(member.name(), note)));
  }

  private void build(List<Manifest> members) throws InterruptedException {
    BuildRun build =
        new BuildRun(
            FormationHome.of(settings.directory()).made(), // also where all else is kept elsewhere
            Wiring.buildEnvironment(surroundings.environment()),
            settings.patience().build(),
            surroundings.nanos());
    // the service asked for comes first: its build may well make its dependencies' artifacts
    for (Manifest member : members.reversed()) {
      build.ifStale(member, events);
    }
  }
}
