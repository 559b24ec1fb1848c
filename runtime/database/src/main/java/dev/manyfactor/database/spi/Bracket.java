package dev.manyfactor.database.spi;

import dev.manyfactor.context.Context;
import dev.manyfactor.database.RowMapper;
import dev.manyfactor.database.Write;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A write transaction whose beginning and end a module of the runtime decides.
///
/// Opened by [dev.manyfactor.database.Database#begin]; ends with [#commit] or [#close], which rolls
/// back what is not committed. For one thread at a time.
///
/// @param <O> what the opening statements answered
public interface Bracket<O extends @Nullable Object> extends AutoCloseable {

  /// What the opening statements answered.
  O opened();

  /// Runs work inside the transaction, under the context it was begun with. An exception that comes
  /// out of it dooms the transaction.
  ///
  /// @throws IllegalStateException if that context has no tenant
  <T extends @Nullable Object> T run(Function<Write, T> work);

  /// The same under another context: what was claimed by the opening says whose work it is. The
  /// tenant and the deadline are set in the round trip of the work's first statement.
  <T extends @Nullable Object> T run(Context context, Function<Write, T> work);

  /// Undoes what [#run] did, its failure and its actions after the commit included, by returning to
  /// the opening's savepoint; goes on under `context`, whose deadline takes the place of the old
  /// one.
  ///
  /// @throws IllegalStateException if the opening has no savepoint
  void restart(Context context);

  /// Commits, with `closing` statements before it in the same round trip, and gives the connection
  /// back.
  ///
  /// The counts of the closing statements are known only after the commit: one that must change a
  /// row has to fail by itself when there is none.
  ///
  /// @throws dev.manyfactor.database.DoomedTransactionException if a statement failed before
  /// @throws dev.manyfactor.database.StatementException if a closing statement or the commit was
  ///   refused; the transaction is rolled back
  /// @throws dev.manyfactor.database.CommitUnknownException if the connection was lost meanwhile
  void commit(Statement... closing);

  /// Commits, with one statement before it in the same round trip, and tells what that answered.
  /// Fails as [#commit] does; what the mapper throws does not undo the commit.
  <T> List<T> commitWith(Statement last, RowMapper<T> mapper);

  /// Rolls back, unless committed. Does not throw.
  @Override
  void close();
}
