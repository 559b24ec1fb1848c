package dev.manyfactor.idempotency;

import dev.manyfactor.config.Configured;
import dev.manyfactor.context.Context;
import dev.manyfactor.database.Call;
import dev.manyfactor.database.CommitUnknownException;
import dev.manyfactor.database.Database;
import dev.manyfactor.database.StatementException;
import dev.manyfactor.database.Write;
import dev.manyfactor.database.spi.Bracket;
import dev.manyfactor.migrations.MigrationSet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs work so that it has one effect per key, however often it is asked for.
///
/// A key belongs to one subject of one tenant. Nothing is written before the work has answered, and
/// then everything at once: a crash at any instant leaves the effect with its answer, or neither.
/// Safe on many threads and in many processes.
public final class Idempotency {
  private static final Logger LOG = LoggerFactory.getLogger(Idempotency.class);
  private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(5);

  private final Database database;
  private final Configured<IdempotencySettings> settings;
  private final InstantSource clock;
  private final Set<Long> working = ConcurrentHashMap.newKeySet(); // in this process

  /// Keeps answers in this database.
  public Idempotency(
      Database database, Configured<IdempotencySettings> settings, InstantSource clock) {
    this.database = database;
    this.settings = settings;
    this.clock = clock;
  }

  /// The tables this needs.
  public static MigrationSet migrations() {
    return MigrationSet.ofModule("idempotency", Idempotency.class);
  }

  /// How long an answer is kept, and so for how long a request may be repeated.
  public Duration retention() {
    return settings.value().retention();
  }

  /// Runs `work` in the transaction that also keeps its response.
  ///
  /// A duplicate is never made to wait: of work in this process it is told so without a connection
  /// to the database, of work in another one after one round trip.
  ///
  /// @throws dev.manyfactor.database.DatabaseException if the database does not do its part;
  ///   nothing is kept
  /// @throws IllegalArgumentException if the response is larger than what is kept
  public Outcome write(
      Context context,
      IdempotencyKey key,
      Fingerprint fingerprint,
      Function<Write, StoredResponse> work) {
    Optional<Outcome> expired = expired(key);
    if (expired.isPresent()) {
      return expired.get();
    }
    Entry entry = Entry.of(context, key, fingerprint);
    if (working.contains(entry.lock())) {
      return new Outcome.InFlight();
    }
    try (Bracket<Found> bracket = database.begin(context, ResponseStore.opening(entry))) {
      return known(bracket, entry)
          .orElseGet(() -> alone(entry, () -> keep(context, entry, bracket, bracket.run(work))));
    }
  }

  /// Runs `work` without a transaction; the one write it ends in also keeps its response. Work that
  /// is repeated before that repeats its calls under the same derived key.
  ///
  /// Work that ends without a write keeps its response all the same.
  ///
  /// @throws dev.manyfactor.database.DatabaseException as [#write]
  /// @throws IllegalArgumentException as [#write]
  public Outcome call(
      Context context,
      IdempotencyKey key,
      Fingerprint fingerprint,
      Function<Call, StoredResponse> work) {
    Optional<Outcome> expired = expired(key);
    if (expired.isPresent()) {
      return expired.get();
    }
    Entry entry = Entry.of(context, key, fingerprint);
    return alone(entry, () -> look(context, entry).orElseGet(() -> run(context, entry, work)));
  }

  /// Removes what is older than the retention; call it about once an hour. Several processes may do
  /// it at a time.
  ///
  /// What is over is judged by the clock of the database. A slot that is in use, or that holds an
  /// answer younger than the retention because clocks differ, is left as it is until the next time.
  ///
  /// @param context may be without a tenant
  /// @return how many answers were removed one by one; whole days are emptied without counting
  public long purge(Context context) {
    return new Purge(database, context, retention()).run();
  }

  /// Does the work unless this process does work under the key already.
  private Outcome alone(Entry entry, Supplier<Outcome> work) {
    long lock = entry.lock();
    if (!working.add(lock)) {
      return new Outcome.InFlight();
    }
    try {
      return work.get();
    } finally {
      working.remove(lock);
    }
  }

  private Outcome run(Context context, Entry entry, Function<Call, StoredResponse> work) {
    try (var transactions = new KeyedCall(database, context, entry)) {
      StoredResponse response;
      try {
        var call = Call.of(context, entry.derivedKey(), transactions);
        ScopedValue.CallableOp<StoredResponse, RuntimeException> bound = () -> work.apply(call);
        response = context.call(bound);
      } catch (RuntimeException failure) {
        if (transactions.isOvertaken()) {
          return known(transactions.open(), entry).orElseThrow(() -> failure);
        }
        throw failure;
      }
      if (response.isKept() || transactions.isOvertaken()) {
        Bracket<Found> bracket = transactions.open();
        Optional<Outcome> known = known(bracket, entry);
        return known.isPresent() ? known.get() : keep(context, entry, bracket, response);
      }
      return new Outcome.RolledBack(response);
    }
  }

  /// What is known of a key in a transaction that ends with this; empty if it is free.
  private Optional<Outcome> look(Context context, Entry entry) {
    try (Bracket<Found> bracket = database.begin(context, ResponseStore.opening(entry))) {
      return known(bracket, entry);
    }
  }

  private static Optional<Outcome> known(Bracket<Found> bracket, Entry entry) {
    return switch (bracket.opened()) {
      case Found.Free() -> Optional.empty();
      case Found.Held() -> Optional.of(new Outcome.InFlight());
      case Found.Stored(boolean same) when !same -> Optional.of(new Outcome.Mismatch());
      case Found.Stored _ ->
          Optional.of(
              new Outcome.Replayed(bracket.run(write -> ResponseStore.fetch(write, entry))));
    };
  }

  /// Commits the work with its response, in one round trip.
  private Outcome keep(
      Context context, Entry entry, Bracket<Found> bracket, StoredResponse response) {
    if (!response.isKept()) {
      return new Outcome.RolledBack(response);
    }
    response.mustFit(context.operation());
    try {
      bracket.commit(ResponseStore.addition(entry, response));
      return new Outcome.Done(response);
    } catch (CommitUnknownException unknown) {
      LOG.warn("{}: {}", context.operation(), unknown.getMessage(), unknown);
      return new Outcome.Unknown();
    } catch (StatementException refusal) {
      if (ResponseStore.isTaken(refusal)) { // the lock forbids it, the primary key prevents it
        return look(context, entry).orElse(new Outcome.InFlight());
      }
      throw refusal;
    }
  }

  private Optional<Outcome> expired(IdempotencyKey key) {
    Instant now = clock.instant();
    Instant oldest = now.minus(retention());
    Instant newest = now.plus(CLOCK_DIFFERENCE);
    return key.madeAt()
        .filter(madeAt -> madeAt.isBefore(oldest) || madeAt.isAfter(newest))
        .map(madeAt -> new Outcome.Expired(madeAt, retention()));
  }
}
