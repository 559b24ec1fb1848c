package dev.manyfactor.database;

import dev.manyfactor.context.Caller;
import dev.manyfactor.context.Context;
import dev.manyfactor.context.Deadline;
import dev.manyfactor.context.Tenant;
import dev.manyfactor.database.spi.CallTransactions;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Work without an open transaction: it may call other services, then ends in exactly one [#write].
///
/// Until that write is committed nothing is stored, and a retry repeats the calls under the same
/// [#key]. What the write did is durable when the whole work has returned, not before. For one
/// thread at a time.
public final class Call {
  private final Context context;
  private final String key;
  private final CallTransactions transactions;
  private boolean written;

  private Call(Context context, String key, CallTransactions transactions) {
    this.context = context;
    this.key = key;
    this.transactions = transactions;
  }

  /// For the module that runs the work; a service receives its call as an argument.
  ///
  /// @param key 16 to 64 characters, the same for every attempt at the same work
  public static Call of(Context context, String key, CallTransactions transactions) {
    return new Call(context, key, transactions);
  }

  /// Whose work this is.
  public Tenant tenant() {
    return context
        .tenant()
        .orElseThrow(() -> new IllegalStateException(context.operation() + " has no tenant"));
  }

  /// Who asks; empty for work that no caller is waiting for.
  public Optional<Caller> caller() {
    return context.caller();
  }

  /// Until when.
  public Deadline deadline() {
    return context.deadline();
  }

  /// The idempotency key to pass on to the service that is called: the same for every attempt.
  public String key() {
    return key;
  }

  /// A key for one of several calls, as stable as [#key]: a service that sees one key with two
  /// different requests refuses the second.
  ///
  /// @param step what the call is for, for example `refund`; constant over attempts
  public String key(String step) {
    String name = key + '/' + step;
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /// Looks at the database in a read-only transaction of its own, which ends before this returns.
  ///
  /// @throws IllegalStateException after [#write]
  public <T extends @Nullable Object> T read(Function<Read, T> work) {
    refuseIfWritten("read");
    return transactions.read(work);
  }

  /// The one transaction that keeps what the calls have given. No call may follow it.
  ///
  /// @throws IllegalStateException the second time
  public <T extends @Nullable Object> T write(Function<Write, T> work) {
    refuseIfWritten("write");
    written = true;
    return transactions.write(work);
  }

  private void refuseIfWritten(String verb) {
    if (written) {
      throw new IllegalStateException(
          "a call ends in exactly one write, but "
              + context.operation()
              + " asks for another "
              + verb
              + "; do everything inside that one write");
    }
  }
}
