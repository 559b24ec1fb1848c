package dev.manyfactor.database.spi;

import dev.manyfactor.database.Read;
import dev.manyfactor.database.Write;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Where a [dev.manyfactor.database.Call] gets its transactions from: the module that keeps the
/// promise about its one write (idempotency for operations, jobs for leased jobs).
public interface CallTransactions {

  /// Runs work in a read-only transaction of its own.
  <T extends @Nullable Object> T read(Function<Read, T> work);

  /// Runs the one write. It may be committed only when the whole call has returned.
  <T extends @Nullable Object> T write(Function<Write, T> work);
}
