package dev.manyfactor.database;

import dev.manyfactor.context.Context;
import dev.manyfactor.database.spi.Bracket;
import dev.manyfactor.database.spi.Statement;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A write transaction from its opening to its end.
final class OpenBracket<O extends @Nullable Object> implements Bracket<O> {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);

  private final Session session;
  private final O opened;
  private final boolean savepoint;
  private final TransactionFigures.Measured measured;
  private boolean closed;

  OpenBracket(Session session, O opened, boolean savepoint, TransactionFigures.Measured measured) {
    this.session = session;
    this.opened = opened;
    this.savepoint = savepoint;
    this.measured = measured;
  }

  @Override
  public O opened() {
    return opened;
  }

  @Override
  public <T extends @Nullable Object> T run(Function<Write, T> work) {
    return session.work(() -> work.apply(new Write(session)));
  }

  @Override
  public <T extends @Nullable Object> T run(Context context, Function<Write, T> work) {
    session.adopt(context);
    return run(work);
  }

  @Override
  public void restart(Context context) {
    if (!savepoint) {
      throw new IllegalStateException("the opening has no savepoint; use Opening.withSavepoint()");
    }
    session.restart(context);
  }

  @Override
  public void commit(Statement... closing) {
    var _ =
        committed(() -> {
          session.commit(closing);
          return true;
        });
  }

  @Override
  public <T> List<T> commitWith(Statement last, RowMapper<T> mapper) {
    return committed(() -> session.commitWith(last, mapper));
  }

  private <T> T committed(Supplier<T> commit) {
    T answer;
    try {
      answer = commit.get();
    } catch (RuntimeException refusal) {
      end(refusal);
      throw refusal;
    }
    end(null);
    session.actionsAfterCommit().forEach(OpenBracket::runSafely);
    return answer;
  }

  @Override
  public void close() {
    end(session.failure().orElse(null));
  }

  private void end(@Nullable Throwable failure) {
    if (!closed) {
      closed = true;
      session.close();
      measured.end(failure);
    }
  }

  private static void runSafely(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException failure) {
      LOG.warn("an action after a commit failed; the transaction itself is committed", failure);
    }
  }
}
