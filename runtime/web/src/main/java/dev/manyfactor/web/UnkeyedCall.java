package dev.manyfactor.web;

import dev.manyfactor.context.Context;
import dev.manyfactor.database.Call;
import dev.manyfactor.database.Database;
import dev.manyfactor.database.Read;
import dev.manyfactor.database.Write;
import dev.manyfactor.database.spi.Bracket;
import dev.manyfactor.database.spi.CallTransactions;
import dev.manyfactor.database.spi.Opening;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The transactions of a call whose request has no key. Its one write is committed once the answer
/// is there, and only if that is no failure. Belongs to one request.
final class UnkeyedCall implements CallTransactions, AutoCloseable {
  private final Database database;
  private final Context context;
  private @Nullable Bracket<Optional<Object>> bracket;

  UnkeyedCall(Database database, Context context) {
    this.database = database;
    this.context = context;
  }

  /// Runs the action, then commits.
  ///
  /// Its key is a new one each time: one made of the request would let an upstream swallow a later
  /// request that is meant to repeat this one.
  Response run(Action<Call> action) {
    Response response =
        action.run(Call.of(context, UUID.randomUUID().toString(), this)).mustBeComplete();
    if (bracket != null && response.status() < 500) {
      bracket.commit();
    }
    return response;
  }

  @Override
  public <T extends @Nullable Object> T read(Function<Read, T> work) {
    return database.read(context, work);
  }

  @Override
  public <T extends @Nullable Object> T write(Function<Write, T> work) {
    Bracket<Optional<Object>> open = database.begin(context, Opening.none());
    bracket = open;
    return open.run(work);
  }

  /// Rolls back what has not been committed.
  @Override
  public void close() {
    if (bracket != null) {
      bracket.close();
    }
  }
}
