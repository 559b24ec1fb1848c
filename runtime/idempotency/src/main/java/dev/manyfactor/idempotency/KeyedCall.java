package dev.manyfactor.idempotency;

import dev.manyfactor.context.Context;
import dev.manyfactor.database.Database;
import dev.manyfactor.database.Read;
import dev.manyfactor.database.Write;
import dev.manyfactor.database.spi.Bracket;
import dev.manyfactor.database.spi.CallTransactions;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The transactions of one call under a key: reads of their own, and the one write, which stays
/// open until the answer is there to be kept with it.
final class KeyedCall implements CallTransactions, AutoCloseable {
  private final Database database;
  private final Context context;
  private final Entry entry;
  private @Nullable Bracket<Found> bracket;

  KeyedCall(Database database, Context context, Entry entry) {
    this.database = database;
    this.context = context;
    this.entry = entry;
  }

  /// Somebody else answered, or is about to, while the calls were made: this work must end. It is
  /// no failure, and the caller gets the other answer.
  static final class Overtaken extends RuntimeException {
    Overtaken() {
      super(
          "another request with the same key was faster; let this exception pass",
          null,
          false,
          false);
    }
  }

  @Override
  public <T extends @Nullable Object> T read(Function<Read, T> work) {
    return database.read(context, work);
  }

  @Override
  public <T extends @Nullable Object> T write(Function<Write, T> work) {
    Bracket<Found> open = open();
    if (!(open.opened() instanceof Found.Free)) {
      throw new Overtaken();
    }
    return open.run(work);
  }

  /// The transaction of the write; begins one if the work has ended without.
  Bracket<Found> open() {
    Bracket<Found> open = bracket;
    if (open == null) {
      open = database.begin(context, ResponseStore.opening(entry));
      bracket = open;
    }
    return open;
  }

  /// Whether the write was refused because somebody else was faster.
  boolean isOvertaken() {
    return bracket != null && !(bracket.opened() instanceof Found.Free);
  }

  @Override
  public void close() {
    if (bracket != null) {
      bracket.close();
    }
  }
}
