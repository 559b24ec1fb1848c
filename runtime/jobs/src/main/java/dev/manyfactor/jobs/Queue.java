package dev.manyfactor.jobs;

import dev.manyfactor.context.Release;
import dev.manyfactor.context.Tenant;
import dev.manyfactor.database.Write;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/// Where jobs of one kind are added: in the transaction that makes them necessary.
///
/// If that transaction commits the job runs, at least once and with one effect; if it does not,
/// there never was a job. Adding needs no worker to be alive; in a [Write] it travels with the
/// commit, unless it has a unique key, which takes a round trip. No other transaction waits for it,
/// unless it has the same unique key or is the very first of the same tenant. Safe on many threads.
///
/// ```java
/// captures.add(write, new Capture.Requested(payment.id()));
/// ```
///
/// @param <P> the payload: a record of plain values, at most 64 KiB as JSON. Keep to keys of rows
///   rather than copies of them. A component may be added later if it is an `Optional`.
public final class Queue<P extends Record> {
  private final String kind;
  private final Supplier<Enqueuer> enqueuer;

  Queue(String kind, Supplier<Enqueuer> enqueuer) {
    this.kind = kind;
    this.enqueuer = enqueuer;
  }

  /// A queue for a program that has nothing of Manyfactor but this class and its own JDBC
  /// connection, used with [#add(Connection, Tenant, Record)] and [#announce].
  ///
  /// @param release kept with every job, so that an operator can tell who added it
  public static <P extends Record> Queue<P> of(Class<P> payload, Release release) {
    var enqueuer = new Enqueuer(release, InstantSource.system(), kind -> {}, new KnownTenants());
    return new Queue<>(KindName.of(payload), () -> enqueuer);
  }

  /// The name under which its jobs are stored, see [Kind].
  public String kind() {
    return kind;
  }

  /// Adds a job that is due when the transaction has committed.
  ///
  /// @throws IllegalArgumentException if the payload cannot be stored
  /// @throws dev.manyfactor.database.DatabaseException if the database does not do its part
  public JobId add(Write write, P payload) {
    return add(write, payload, Terms.NOW);
  }

  /// Adds a job on the given terms.
  ///
  /// @return its id, or that of the living job that has the same unique key
  /// @throws IllegalArgumentException if the payload cannot be stored
  /// @throws dev.manyfactor.database.DatabaseException if the database does not do its part
  public JobId add(Write write, P payload, Terms terms) {
    Enqueuer here = enqueuer.get();
    Tenant tenant = write.tenant();
    JobId id =
        new JobInsert(here.tenants().contains(tenant))
            .insert(new Target.OfWrite(write), job(here, tenant, payload, terms));
    write.afterCommit(() -> {
      here.tenants().add(tenant);
      here.wakes().added(kind);
    });
    return id;
  }

  /// Adds a job in a transaction of plain JDBC; due when that transaction has committed.
  ///
  /// @param connection with autocommit off; the caller commits
  /// @throws IllegalStateException if the connection is in autocommit mode
  /// @throws IllegalArgumentException if the payload cannot be stored
  public JobId add(Connection connection, Tenant tenant, P payload) throws SQLException {
    return add(connection, tenant, payload, Terms.NOW);
  }

  /// Adds a job in a transaction of plain JDBC on the given terms.
  ///
  /// @param connection with autocommit off; the caller commits
  /// @return its id, or that of the living job that has the same unique key
  /// @throws IllegalStateException if the connection is in autocommit mode
  /// @throws IllegalArgumentException if the payload cannot be stored
  public JobId add(Connection connection, Tenant tenant, P payload, Terms terms)
      throws SQLException {
    if (connection.getAutoCommit()) {
      throw new IllegalStateException(
          "a job of %s must commit together with your rows, but the connection is in autocommit mode; call setAutoCommit(false)"
              .formatted(kind));
    }
    return new JobInsert(false)
        .insert(new Target.OfJdbc(connection), job(enqueuer.get(), tenant, payload, terms));
  }

  /// Tells workers that jobs of this kind were added with plain JDBC, which find them at their next
  /// poll otherwise. Call it after your commit: it is a transaction of its own, because the
  /// notification takes a lock that all notifying transactions of the server share.
  ///
  /// @param connection on which nothing is open; it is committed if autocommit is off
  public void announce(Connection connection) throws SQLException {
    try (var statement = connection.prepareStatement("select pg_notify(?, ?)")) {
      statement.setString(1, WakeUps.CHANNEL);
      statement.setString(2, kind);
      statement.execute();
    }
    if (!connection.getAutoCommit()) {
      connection.commit();
    }
  }

  private NewJob job(Enqueuer here, Tenant tenant, P payload, Terms terms) {
    var now = here.clock().instant();
    return new NewJob(
        JobId.at(now),
        kind,
        tenant,
        Payload.write(kind, payload),
        terms.uniqueKey(),
        here.release().id(),
        Traces.current(),
        Optional.of(terms.due().from(now)).filter(instant -> instant.isAfter(now)));
  }
}
