package dev.manyfactor.service;

import dev.manyfactor.database.DatabaseUnavailableException;
import dev.manyfactor.jobs.Jobs;
import dev.manyfactor.telemetry.LogOutput;
import java.util.List;
import java.util.Optional;

/// The command `jobs`: what an operator asks of the queues, and does to them. Its logs go to
/// standard error, because its answers go to standard output.
///
/// @param composition bound to the environment
record JobsProcess(Composition composition, Terminal terminal) {

  ExitCode run(JobsArguments.Parsed asked) {
    Jobs jobs =
        composition
            .declaredJobs()
            .orElseThrow(() -> new UsageException(List.of(composition.name() + " has no jobs")));
    try (var resources = Resources.open(composition, "jobs", LogOutput.STDERR)) {
      var startUp = new StartUp(composition, resources);
      Optional<String> missing = startUp.awaitDatabase().or(startUp::missing);
      return missing.isPresent()
          ? terminal.complain(ExitCode.UNAVAILABLE, missing.get())
          : new JobsDesk(jobs.admin(), terminal, asked.json(), composition.clock())
              .carryOut(asked.request());
    } catch (DatabaseUnavailableException gone) {
      return terminal.complain(ExitCode.UNAVAILABLE, String.valueOf(gone.getMessage()));
    }
  }
}
