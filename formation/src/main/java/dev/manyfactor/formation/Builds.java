package dev.manyfactor.formation;

import java.time.Duration;
import java.util.function.Consumer;

/// Makes the artifact of a service before it is looked at, at most once.
///
/// The log of a build, and a stamp with the commit that it was made at, are kept in the folder
/// `.manyfactor` of the service.
///
/// @param surroundings what the build command gets, and what measures its time
/// @param patience how long a build may take; what it has started is ended then
public record Builds(Surroundings surroundings, Duration patience) {

  /// Builds the artifact unless it is there, is newer than every input, and was made at the commit
  /// that is checked out now. A service without `build` needs none; outside of a checkout the
  /// commit does not count.
  ///
  /// @param events gets [Event.Building], each line as [Event.BuildOutput], and [Event.Built]; none
  ///   of them if there is nothing to do
  /// @throws FormationException 70 if the build fails, takes too long or makes no such artifact,
  ///   with the end of its output; 74 if the log cannot be written
  public void ensure(Manifest manifest, Consumer<Event> events) throws InterruptedException {
    if (manifest.build().isPresent()) {
      run(manifest).ifStaleOrOfAnotherCommit(manifest, events);
    }
  }

  private BuildRun run(Manifest manifest) {
    return new BuildRun(
        FormationHome.of(manifest.directory()).made(),
        Wiring.buildEnvironment(surroundings.environment()),
        patience,
        surroundings.nanos());
  }
}
