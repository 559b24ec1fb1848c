package dev.manyfactor.database;

import dev.manyfactor.config.Configuration;
import dev.manyfactor.config.Configured;
import dev.manyfactor.context.Context;
import dev.manyfactor.database.spi.Bracket;
import dev.manyfactor.database.spi.Opening;
import io.opentelemetry.api.OpenTelemetry;
import java.sql.Connection;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A PostgreSQL database and this process's pool of connections to it.
///
/// A handle: declared first, opened once the configuration is bound, closed last. Opening does not
/// connect, so a process may start before its database. Safe on many threads.
///
/// Every transaction has one tenant, a deadline, and at most one connection; no more of them run at
/// a time than the pool has connections, and the others wait in order, for a bounded time.
public final class Database implements AutoCloseable {
  private final Configured<DatabaseSettings> settings;
  private final InstantSource clock;
  private volatile @Nullable OpenDatabase open;

  private Database(Configured<DatabaseSettings> settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /// The database that `DATABASE_URL` will name.
  public static Database declare(Configuration configuration) {
    return of(configuration.declare(DatabaseSettings.PREFIX, DatabaseSettings.class));
  }

  /// The database that these settings name, now or once they are bound.
  public static Database of(Configured<DatabaseSettings> settings) {
    return of(settings, InstantSource.system());
  }

  /// The same with another clock for the bounds of its waits.
  public static Database of(Configured<DatabaseSettings> settings, InstantSource clock) {
    return new Database(settings, clock);
  }

  /// Makes the handle usable; connects in the background and when a transaction needs it.
  ///
  /// @param telemetry where pool and transaction figures go
  /// @param applicationName who this is, as `pg_stat_activity` shows it, for example `payments web`
  /// @throws IllegalStateException if it is open already
  public synchronized void open(OpenTelemetry telemetry, String applicationName) {
    if (open != null) {
      throw new IllegalStateException("the database is open already");
    }
    open = new OpenDatabase(settings, clock, telemetry, applicationName);
  }

  /// Runs `work` in a read-only transaction of the context's tenant.
  ///
  /// @throws IllegalStateException if the context has no tenant or a transaction is open
  /// @throws DatabaseException if the database does not do its part
  public <T extends @Nullable Object> T read(Context context, Function<Read, T> work) {
    mustHaveTenant(context);
    return whenOpen().read(context, work);
  }

  /// Runs `work` in a transaction of the context's tenant and commits it when the work returns; an
  /// exception rolls it back.
  ///
  /// @throws IllegalStateException if the context has no tenant or a transaction is open
  /// @throws CommitUnknownException if the connection was lost during the commit
  /// @throws DatabaseException if the database does not do its part; nothing is committed
  public <T extends @Nullable Object> T write(Context context, Function<Write, T> work) {
    mustHaveTenant(context);
    try (var bracket = begin(context, Opening.none())) {
      T result = bracket.run(work);
      bracket.commit();
      return result;
    }
  }

  /// Begins a write transaction for a module of the runtime, which also ends it. The context may
  /// have no tenant: the transaction then sees no row under row-level security, and is for the
  /// tables in the schema `manyfactor`.
  ///
  /// @throws IllegalStateException if a transaction is open
  /// @throws DatabaseException as [#write]
  public <O extends @Nullable Object> Bracket<O> begin(Context context, Opening<O> opening) {
    return whenOpen().begin(context, opening);
  }

  /// A connection outside of the pool, in autocommit mode, for a lock that lives as long as its
  /// session. The caller closes it. All its waits are bounded by 30 s; set another bound with
  /// `setNetworkTimeout`.
  ///
  /// @param purpose follows the application name in `pg_stat_activity`, for example `liveness`
  /// @throws DatabaseUnavailableException if the server cannot be reached
  public Connection connect(String purpose) {
    return whenOpen().connect(purpose);
  }

  /// Why the database does not answer, found out within about a second and at most a second old;
  /// empty if it does. A pool that is merely busy counts as an answer.
  public Optional<String> whyNotReady() {
    OpenDatabase database = open;
    return database == null ? Optional.of("the database is not open yet") : database.whyNotReady();
  }

  /// Whether the database answers; see [#whyNotReady].
  public boolean isReady() {
    return whyNotReady().isEmpty();
  }

  /// What is wrong with how this process reaches the database, each with its remedy: a server that
  /// is too old, or a role that row-level security does not bind. Empty if a process may serve.
  ///
  /// @throws DatabaseUnavailableException if the server cannot be reached
  public List<String> problems() {
    return ServerCheck.problems(connect("check"));
  }

  /// Closes every connection; what is still running loses its own and is rolled back.
  @Override
  public synchronized void close() {
    OpenDatabase database = open;
    if (database != null) {
      database.close();
    }
  }

  private OpenDatabase whenOpen() {
    OpenDatabase database = open;
    if (database == null) {
      throw new IllegalStateException("the database is not open yet; call open(…) first");
    }
    return database;
  }

  private static void mustHaveTenant(Context context) {
    if (context.tenant().isEmpty()) {
      throw new IllegalStateException(
          context.operation()
              + " has no tenant, and every transaction has one; use Context.withTenant(…), or one"
              + " transaction per tenant");
    }
  }
}
