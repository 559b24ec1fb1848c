package dev.manyfactor.idempotency;

import dev.manyfactor.database.Row;
import dev.manyfactor.database.StatementException;
import dev.manyfactor.database.Transaction;
import dev.manyfactor.database.Write;
import dev.manyfactor.database.spi.Answers;
import dev.manyfactor.database.spi.Opening;
import dev.manyfactor.database.spi.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The answers in the database.
///
/// The lock and the look are two statements of one round trip: in one statement the look would see
/// what was there before the lock, and miss an answer committed in between.
final class ResponseStore {
  private static final String LOCK = "select pg_try_advisory_xact_lock(?) as free";

  private static final String DELETE_SOME =
      "delete from manyfactor.idempotency_other where ctid = any(array("
          + "select ctid from manyfactor.idempotency_other where created_at < now() - ?"
          + " order by created_at limit ? for update skip locked))";

  private static final String YOUNGER = " where created_at >= now() - ? limit 1";
  private static final Pattern PRIMARY_KEY = Pattern.compile("idempotency_(\\d\\d|other)_pkey");

  private ResponseStore() {}

  /// Locks the key if it is free, and looks for its answer.
  static Opening<Found> opening(Entry entry) {
    return new Opening<>(
        List.of(
            Statement.of(LOCK, entry.lock()),
            Statement.of(
                entry.slot().look(), entry.fingerprint().bytes(), entry.scope(), entry.key())),
        ResponseStore::found,
        false,
        false);
  }

  private static Found found(Answers answers) {
    boolean free = answers.next(row -> row.bool("free")).getFirst();
    List<Boolean> same = answers.next(row -> row.bool("same"));
    if (!same.isEmpty()) {
      return new Found.Stored(same.getFirst());
    }
    return free ? new Found.Free() : new Found.Held();
  }

  /// The answer that there is.
  static StoredResponse fetch(Transaction transaction, Entry entry) {
    return transaction
        .sql(entry.slot().fetch(), entry.scope(), entry.key())
        .one(ResponseStore::response);
  }

  /// Keeps an answer; to be committed in the same round trip.
  static Statement addition(Entry entry, StoredResponse response) {
    return Statement.of(
        entry.slot().add(),
        entry.slot().number(),
        entry.scope(),
        entry.key(),
        entry.tenant(),
        entry.fingerprint().bytes(),
        response.status(),
        lines(response.headers()),
        response.body());
  }

  /// Removes a number of answers that are older than the retention and lie in no slot of a day.
  static int deleteSome(Write write, Duration retention, int most) {
    return write.update(DELETE_SOME, retention, most);
  }

  /// The time, as the database has it: what `created_at` is made of.
  static Instant now(Transaction transaction) {
    return transaction.sql("select now() as now").one(row -> row.instant("now"));
  }

  static boolean isEmpty(Transaction transaction, Slot slot) {
    return !transaction.sql("select from " + slot.table() + " limit 1").exists();
  }

  /// Empties the slot of a day that is over, unless it holds an answer that is younger than the
  /// retention. Nobody can add one meanwhile.
  ///
  /// @return whether it is empty now
  /// @throws StatementException with state `55P03` if somebody uses the slot
  static boolean empty(Write write, Slot slot, Duration retention) {
    write.update("lock table " + slot.table() + " in access exclusive mode nowait");
    boolean young = write.sql("select from " + slot.table() + YOUNGER, retention).exists();
    if (!young) {
      write.update("truncate " + slot.table());
    }
    return !young;
  }

  /// Whether somebody else has kept an answer under the key.
  static boolean isTaken(StatementException refusal) {
    return refusal.isUniqueViolation()
        && refusal.constraint().filter(PRIMARY_KEY.asMatchPredicate()).isPresent();
  }

  private static StoredResponse response(Row row) {
    return new StoredResponse(row.int32("status"), headers(row.text("headers")), row.bytes("body"));
  }

  private static String lines(Map<String, String> headers) {
    return headers.entrySet().stream()
        .map(header -> header.getKey() + ": " + header.getValue())
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  private static Map<String, String> headers(String lines) {
    var headers = new LinkedHashMap<String, String>();
    for (String line : lines.lines().toList()) {
      int colon = line.indexOf(": ");
      headers.put(line.substring(0, colon), line.substring(colon + 2));
    }
    return headers;
  }
}
