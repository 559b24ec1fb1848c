package dev.manyfactor.database;

import dev.manyfactor.context.Caller;
import dev.manyfactor.context.Deadline;
import dev.manyfactor.context.Tenant;
import java.sql.Connection;
import java.util.Optional;

/// The business transaction: everything in it commits together, or nothing does. No calls to other
/// services.
///
/// A statement that fails dooms it: catching the exception does not help, the commit is refused. To
/// let a row be there already, say `on conflict do nothing` and look at the count.
public final class Write implements Transaction {
  private final Session session;

  Write(Session session) {
    this.session = session;
  }

  @Override
  public Tenant tenant() {
    return session.tenant();
  }

  @Override
  public Optional<Caller> caller() {
    return session.context().caller();
  }

  @Override
  public Deadline deadline() {
    return session.context().deadline();
  }

  @Override
  public Query sql(String text, Object... parameters) {
    return new Query(session, text, parameters);
  }

  /// Runs one statement that changes rows, and says how many.
  ///
  /// @throws StatementException if the database refuses it
  /// @throws DatabaseUnavailableException if the deadline has passed or the connection is lost
  public int update(String text, Object... parameters) {
    return session.update(text, parameters);
  }

  /// Runs one statement that must change exactly one row.
  ///
  /// @throws RowCountException if it changes none or several; the transaction is doomed then
  public void updateOne(String text, Object... parameters) {
    int count = update(text, parameters);
    if (count != 1) {
      throw session.doom(new RowCountException("exactly one row", count, text));
    }
  }

  /// Runs one statement in the round trip of the commit, behind all others: for a row that nothing
  /// later in the transaction has to see. If it is refused, so is the commit.
  ///
  /// Beyond 16 in one transaction they run at once.
  ///
  /// @throws StatementException if it runs at once and the database refuses it
  /// @throws DatabaseUnavailableException if it runs at once and the connection is lost
  public void atCommit(String text, Object... parameters) {
    session.atCommit(text, parameters);
  }

  /// Runs `action` once the commit is certain, outside of the transaction; never after a rollback.
  ///
  /// For wake-ups and caches only: a process that is killed in between never runs it. What it
  /// throws is logged.
  public void afterCommit(Runnable action) {
    session.afterCommit(action);
  }

  /// The same transaction as plain JDBC, for a library that wants a connection.
  ///
  /// Whatever would end the transaction or outlive it (commit, rollback, close, autocommit,
  /// isolation) is refused with an `SQLException`. A failure of any statement dooms the
  /// transaction.
  public Connection connection() {
    return session.guardedConnection();
  }
}
