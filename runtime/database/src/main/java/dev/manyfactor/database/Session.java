package dev.manyfactor.database;

import dev.manyfactor.context.Context;
import dev.manyfactor.context.Tenant;
import dev.manyfactor.database.spi.Opening;
import dev.manyfactor.database.spi.Statement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One transaction: its state, and what may be done in it. For one thread at a time.
///
/// A failure of any statement dooms it, and a doomed one is never committed.
final class Session {
  private static final String SAVEPOINT = "manyfactor_opening";
  private static final int MOST_OPENING_ROWS = 1_000;
  private static final int FETCH_ROWS = 500;

  /// The server keeps a prepared statement for each number of them.
  private static final int MOST_AT_COMMIT = 16;

  private final Channel channel;
  private final List<Statement> atCommit = new ArrayList<>();
  private final List<Runnable> afterCommit = new ArrayList<>();
  private final Fate fate = new Fate();
  private Context context;

  /// Something that needs the connection.
  private interface Asking<T extends @Nullable Object> {
    T ask() throws SQLException;
  }

  /// Something that needs the connection and gives nothing.
  private interface Step {
    void take() throws SQLException;
  }

  Session(Channel channel, Context context) {
    this.channel = channel;
    this.context = context;
  }

  Context context() {
    return context;
  }

  Tenant tenant() {
    return context
        .tenant()
        .orElseThrow(
            () -> new IllegalStateException(context.operation() + " runs without a tenant"));
  }

  /// Does the work that the transaction is for; what it throws dooms it.
  <T extends @Nullable Object> T work(Supplier<T> work) {
    ScopedValue.CallableOp<T, RuntimeException> inside = work::get;
    try {
      return context.insideTransaction().call(inside);
    } catch (RuntimeException | Error thrown) {
      doom(thrown);
      throw thrown;
    }
  }

  /// Goes on with the work of another context.
  void adopt(Context other) {
    context = other;
    channel.renewSettings();
  }

  /// Runs the opening statements, if there are any, in the round trip of BEGIN.
  <O extends @Nullable Object> O open(Opening<O> opening) {
    if (opening.alone()) {
      return openAlone(opening);
    }
    var sql = new StringBuilder();
    var parameters = new ArrayList<Object>();
    for (Statement statement : opening.statements()) {
      sql.append(statement.sql()).append("; ");
      parameters.addAll(statement.parameters());
    }
    if (opening.savepoint()) {
      sql.append("savepoint ").append(SAVEPOINT);
    }
    if (sql.isEmpty()) {
      return opening.reader().apply(new ResultAnswers(null));
    }
    return run(
        sql.toString(),
        parameters.toArray(),
        statement -> statement.setMaxRows(MOST_OPENING_ROWS),
        statement -> opening.reader().apply(new ResultAnswers(statement)));
  }

  private <O extends @Nullable Object> O openAlone(Opening<O> opening) {
    Statement only = opening.statements().getFirst();
    O opened =
        guarded(
            only.sql(),
            () ->
                channel.runAlone(
                    context,
                    only,
                    statement -> statement.setMaxRows(MOST_OPENING_ROWS),
                    statement -> opening.reader().apply(new ResultAnswers(statement))));
    if (opening.savepoint()) {
      channel.setBeforeNext(SAVEPOINT);
    }
    return opened;
  }

  int update(String text, Object... parameters) {
    return run(
        text,
        parameters,
        Channel.Preparation.NONE,
        statement -> {
          int count = statement.getUpdateCount();
          if (count < 0) {
            throw new IllegalArgumentException(
                "the statement gives rows, so read them with sql(…): " + SqlText.shortened(text));
          }
          Results.mustBeOver(statement, text);
          return count;
        });
  }

  <T> List<T> rows(String text, Object[] parameters, RowMapper<T> mapper, int most) {
    return run(
        text,
        parameters,
        statement -> statement.setMaxRows(most),
        statement -> {
          List<T> rows = Results.read(Results.current(statement, text), mapper);
          Results.mustBeOver(statement, text);
          return rows;
        });
  }

  <T> void each(
      String text, Object[] parameters, RowMapper<T> mapper, Consumer<? super T> consumer) {
    guarded(text, () -> channel.ensureOpen(context)); // a cursor has a message of its own
    run(
        text,
        parameters,
        statement -> statement.setFetchSize(FETCH_ROWS),
        statement -> {
          try (ResultSet rows = Results.current(statement, text)) {
            var row = new Row(new Columns(rows));
            while (rows.next()) {
              consumer.accept(mapper.map(row));
            }
            return Boolean.TRUE;
          }
        });
  }

  void atCommit(String text, Object... parameters) {
    if (atCommit.size() < MOST_AT_COMMIT) {
      guarded(text, () -> atCommit.add(Statement.of(text, parameters)));
    } else {
      update(text, parameters);
    }
  }

  void afterCommit(Runnable action) {
    afterCommit.add(action);
  }

  Connection guardedConnection() {
    return GuardedJdbc.connection(this, channel.connection());
  }

  /// Before a library uses the connection by itself.
  void beforePlainJdbc(String what) {
    guarded(what, () -> channel.ensureOpen(context));
  }

  /// After a library has used the connection by itself.
  void afterPlainJdbc(String what) {
    guarded(what, channel::mustBeOpen);
  }

  /// Remembers the first failure, after which there is no commit.
  <X extends Throwable> X doom(X cause) {
    return fate.doom(cause);
  }

  DatabaseException doom(SQLException refusal, String sql) {
    return doom(Failures.duringWork(refusal, sql, context.deadline()));
  }

  /// Back to the opening's savepoint, with everything after it undone, and on under a context.
  void restart(Context next) {
    fate.forgive();
    atCommit.clear();
    afterCommit.clear();
    context = next;
    guarded("rollback to savepoint", () -> channel.rollbackTo(SAVEPOINT, next));
  }

  /// Commits, with what is left for then and the closing statements in the same round trip.
  void commit(Statement... closing) {
    atCommit.addAll(List.of(closing));
    var _ =
        ending(() -> {
          channel.commit(context, atCommit);
          return true;
        });
  }

  /// The same with one statement that answers.
  <T> List<T> commitWith(Statement last, RowMapper<T> mapper) {
    int before = atCommit.size();
    atCommit.add(last);
    Channel.Reading<List<T>> reading =
        statement -> {
          for (int i = 0; i < before; i++) {
            statement.getMoreResults();
          }
          return Results.read(Results.current(statement, last.sql()), mapper);
        };
    return ending(() -> channel.commit(context, atCommit, reading));
  }

  private <T> T ending(Asking<T> commit) {
    fate.mustGoOn(context, () -> "the work ended after its deadline, so it is not committed");
    try {
      T answer = commit.ask();
      fate.end();
      return answer;
    } catch (SQLException refusal) {
      String sql = Statement.of("commit").behind(atCommit).sql();
      throw doom(Failures.duringCommit(refusal, sql));
    }
  }

  /// Ends without a commit, unless there was one, and gives the connection back.
  void close() {
    fate.end();
    channel.close();
  }

  boolean isOver() {
    return fate.isOver();
  }

  Optional<Throwable> failure() {
    return fate.failure();
  }

  List<Runnable> actionsAfterCommit() {
    return afterCommit;
  }

  private <T extends @Nullable Object> T run(
      String sql,
      Object[] parameters,
      Channel.Preparation preparation,
      Channel.Reading<T> reading) {
    return guarded(
        sql, () -> channel.run(context, Statement.of(sql, parameters), preparation, reading));
  }

  private void guarded(String sql, Step step) {
    guarded(
        sql,
        () -> {
          step.take();
          return Boolean.TRUE;
        });
  }

  private <T extends @Nullable Object> T guarded(String sql, Asking<T> asking) {
    fate.mustGoOn(context, () -> "the deadline has passed: " + SqlText.shortened(sql));
    try {
      return asking.ask();
    } catch (SQLException refusal) {
      throw doom(refusal, sql);
    } catch (RuntimeException mistake) {
      throw doom(mistake);
    }
  }
}
