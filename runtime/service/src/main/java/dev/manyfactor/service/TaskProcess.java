package dev.manyfactor.service;

import dev.manyfactor.context.Context;
import dev.manyfactor.context.Deadline;
import dev.manyfactor.context.Tenant;
import dev.manyfactor.database.DatabaseUnavailableException;
import dev.manyfactor.resilience.UpstreamException;
import dev.manyfactor.telemetry.LogOutput;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A process that runs one task to its end: what it waits for, its bound, and what its failures
/// mean. Its logs go to standard error, because its results go to standard output.
///
/// @param task its name
/// @param tenant for whom it works
record TaskProcess(Composition composition, Terminal terminal, String task, Tenant tenant) {

  ExitCode run(NamedTask.Ready ready) {
    try (var resources = Resources.open(composition, task, LogOutput.STDERR)) {
      var startUp = new StartUp(composition, resources);
      Optional<String> missing = startUp.awaitDatabase().or(startUp::missing);
      return missing.isPresent()
          ? terminal.complain(ExitCode.UNAVAILABLE, missing.get())
          : carryOut(ready);
    }
  }

  private ExitCode carryOut(NamedTask.Ready ready) {
    var deadline = Deadline.after(composition.serviceSettings().taskTimeout(), composition.clock());
    Context context = Context.of(task, deadline).withTenant(tenant);
    var out = new PrintWriter(new OutputStreamWriter(terminal.out(), StandardCharsets.UTF_8));
    try {
      context.run(
          () -> ready.run(new TaskRun(context, tenant, composition.declaredDatabase(), out)));
      return ExitCode.OK;
    } catch (RuntimeException failure) {
      return deadline.hasPassed() ? late() : failed(failure);
    } finally {
      out.flush();
    }
  }

  private ExitCode late() {
    return terminal.complain(
        ExitCode.INTERNAL,
        "%s has not ended within %s, as TASK_TIMEOUT says; what it committed stays: run it again, or give it more time"
            .formatted(task, composition.serviceSettings().taskTimeout()));
  }

  private ExitCode failed(RuntimeException failure) {
    return switch (failure) {
      case DatabaseUnavailableException away -> unavailable(away);
      case UpstreamException away -> unavailable(away);
      default -> terminal.reportBug(task, failure);
    };
  }

  private ExitCode unavailable(RuntimeException away) {
    return terminal.complain(
        ExitCode.UNAVAILABLE,
        task
            + " could not go on: "
            + away.getMessage()
            + "; what it committed stays, run it again");
  }
}
