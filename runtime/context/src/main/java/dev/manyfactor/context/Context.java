package dev.manyfactor.context;

import java.util.Optional;

/// What every piece of work carries with it: an operation, a job, a schedule or a task.
///
/// The current context is bound to the thread that does the work and to the threads it forks in a
/// structured scope; logs, queries and calls to other services read it from there. Immutable.
///
/// @param operation the contract's operation id, or the name of the job, schedule or task
/// @param tenant whose data may be seen; absent only where nothing of a tenant is touched
/// @param caller who asks; absent for work that no caller is waiting for
/// @param deadline until when
/// @param inTransaction whether a database transaction is open; no call may then be made
public record Context(
    String operation,
    Optional<Tenant> tenant,
    Optional<Caller> caller,
    Deadline deadline,
    boolean inTransaction) {

  private static final ScopedValue<Context> CURRENT = ScopedValue.newInstance();

  /// The context of work that no tenant and no caller is known of yet.
  public static Context of(String operation, Deadline deadline) {
    return new Context(operation, Optional.empty(), Optional.empty(), deadline, false);
  }

  /// The context of the work on this thread; empty outside of any.
  public static Optional<Context> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  /// The same work for this tenant.
  public Context withTenant(Tenant owner) {
    return new Context(operation, Optional.of(owner), caller, deadline, inTransaction);
  }

  /// The same work for this caller.
  public Context withCaller(Caller asking) {
    return new Context(operation, tenant, Optional.of(asking), deadline, inTransaction);
  }

  /// The same work until another deadline.
  public Context withDeadline(Deadline bound) {
    return new Context(operation, tenant, caller, bound, inTransaction);
  }

  /// The same work while a transaction is open.
  public Context insideTransaction() {
    return new Context(operation, tenant, caller, deadline, true);
  }

  /// Runs `work` with this as the current context, and restores the former one after it.
  public <T, X extends Throwable> T call(ScopedValue.CallableOp<T, X> work) throws X {
    return ScopedValue.where(CURRENT, this).call(work);
  }

  /// Runs `work` with this as the current context, and restores the former one after it.
  public void run(Runnable work) {
    ScopedValue.where(CURRENT, this).run(work);
  }
}
