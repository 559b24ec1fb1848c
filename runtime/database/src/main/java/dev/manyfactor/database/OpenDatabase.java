package dev.manyfactor.database;

import dev.manyfactor.config.Configured;
import dev.manyfactor.context.Context;
import dev.manyfactor.context.Deadline;
import dev.manyfactor.database.DatabaseUnavailableException.Reason;
import dev.manyfactor.database.spi.Bracket;
import dev.manyfactor.database.spi.Opening;
import io.opentelemetry.api.OpenTelemetry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The database once its settings are known: where its transactions start.
final class OpenDatabase implements AutoCloseable {
  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final int VALID_SECONDS = 1;

  private final Configured<DatabaseSettings> settings;
  private final InstantSource clock;
  private final String applicationName;
  private final PoolFigures poolFigures;
  private final TransactionFigures transactionFigures;
  private final Pool pool;
  private volatile Answer lastAnswer = new Answer(Instant.MIN, Optional.empty());

  /// Why the database did not answer, and when it was asked.
  private record Answer(Instant at, Optional<String> whyNot) {}

  OpenDatabase(
      Configured<DatabaseSettings> settings,
      InstantSource clock,
      OpenTelemetry telemetry,
      String applicationName) {
    this.settings = settings;
    this.clock = clock;
    this.applicationName = applicationName;
    this.poolFigures = new PoolFigures(telemetry);
    this.transactionFigures = new TransactionFigures(telemetry, clock);
    this.pool = new Pool(settings, connections(applicationName), poolFigures);
  }

  <T extends @Nullable Object> T read(Context context, Function<Read, T> work) {
    var measured = start("read", context);
    Throwable failure = null;
    try {
      Session session = session(context, true);
      try {
        return session.work(() -> work.apply(new Read(session)));
      } finally {
        session.close();
      }
    } catch (RuntimeException | Error thrown) {
      failure = thrown;
      throw thrown;
    } finally {
      measured.end(failure);
    }
  }

  <O extends @Nullable Object> Bracket<O> begin(Context context, Opening<O> opening) {
    var measured = start("write", context);
    Session session = null;
    try {
      session = session(context, false);
      O opened = session.open(opening);
      return new OpenBracket<>(session, opened, opening.savepoint(), measured);
    } catch (RuntimeException | Error thrown) {
      if (session != null) {
        session.close();
      }
      measured.end(thrown);
      throw thrown;
    }
  }

  Connection connect(String purpose) {
    return connections(applicationName + ' ' + purpose).require();
  }

  Optional<String> whyNotReady() {
    Instant now = clock.instant();
    Answer known = lastAnswer;
    if (known.at().plus(FRESH).isAfter(now)) {
      return known.whyNot();
    }
    Optional<String> whyNot = ask();
    lastAnswer = new Answer(now, whyNot);
    return whyNot;
  }

  @Override
  public void close() {
    pool.close();
    poolFigures.close();
  }

  private TransactionFigures.Measured start(String kind, Context context) {
    if (context.inTransaction() || Context.current().map(Context::inTransaction).orElse(false)) {
      throw new IllegalStateException(
          context.operation()
              + " asks for a transaction inside another; pass the open Read or Write along instead");
    }
    return transactionFigures.start(kind, context);
  }

  private Session session(Context context, boolean readOnly) {
    Pool.Lease lease = pool.acquire(context.deadline(), readOnly);
    try {
      return new Session(new Channel(lease), context);
    } catch (SQLException broken) {
      lease.close();
      throw Failures.duringWork(broken, "begin", context.deadline());
    }
  }

  private Optional<String> ask() {
    try (Pool.Lease lease = pool.acquire(Deadline.after(FRESH, clock), true)) {
      return lease.connection().isValid(VALID_SECONDS)
          ? Optional.empty()
          : Optional.of("the database " + settings.value().url() + " does not answer");
    } catch (DatabaseUnavailableException unavailable) {
      return unavailable.reason() == Reason.POOL_EXHAUSTED
          ? Optional.empty()
          : Optional.ofNullable(unavailable.getMessage());
    } catch (SQLException broken) {
      return Optional.of("the connection to the database broke: " + broken.getMessage());
    }
  }

  private PostgresConnections connections(String name) {
    return new PostgresConnections(
        () -> settings.value().url(), settings.value().connectTimeout(), name);
  }
}
