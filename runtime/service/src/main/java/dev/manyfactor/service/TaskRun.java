package dev.manyfactor.service;

import dev.manyfactor.context.Context;
import dev.manyfactor.context.Deadline;
import dev.manyfactor.context.Tenant;
import dev.manyfactor.database.Database;
import dev.manyfactor.database.Read;
import dev.manyfactor.database.Write;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.Function;

/// One run of a task: for whom it works, and what it may do. For use by one thread.
public final class TaskRun {
  private final Context context;
  private final Tenant tenant;
  private final Optional<Database> database;
  private final PrintWriter out;

  TaskRun(Context context, Tenant tenant, Optional<Database> database, PrintWriter out) {
    this.context = context;
    this.tenant = tenant;
    this.database = database;
    this.out = out;
  }

  /// The tenant that `--tenant` named.
  public Tenant tenant() {
    return tenant;
  }

  /// When the task must have ended (`TASK_TIMEOUT`).
  public Deadline deadline() {
    return context.deadline();
  }

  /// Where results go: standard output, which carries nothing else while a task runs.
  public PrintWriter out() {
    return out;
  }

  /// Reads in one transaction.
  public <T> T read(Function<Read, T> work) {
    return database().read(context, work);
  }

  /// Reads and writes in one transaction.
  public <T> T write(Function<Write, T> work) {
    return database().write(context, work);
  }

  private Database database() {
    return database.orElseThrow(() ->
        new IllegalStateException(
            context.operation()
                + " wants a transaction but the service declares no database; call"
                + " service.database() where it is composed"));
  }
}
