package dev.manyfactor.chaos.sweep;

import dev.manyfactor.faults.PostgresMessage;
import dev.manyfactor.faults.PostgresMessage.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The messages of a process, taken apart into rounds: what one session says from the beginning of
/// a transaction to its end, or to the next SYNC outside of one.
final class Rounds {
  private final Map<Long, List<PostgresMessage>> open = new HashMap<>();
  private final Set<Long> inTransaction = new HashSet<>();
  private final List<List<PostgresMessage>> closed = new ArrayList<>();

  private Rounds() {}

  /// The messages without the rounds that execute just what an earlier one has executed, in order.
  static List<PostgresMessage> distinct(List<PostgresMessage> messages) {
    Rounds rounds = new Rounds();
    messages.forEach(rounds::add);
    rounds.closed.addAll(rounds.open.values());
    Set<List<String>> known = new HashSet<>();
    Set<PostgresMessage> kept = new HashSet<>();
    for (List<PostgresMessage> round : rounds.closed) {
      if (known.add(executed(round))) {
        kept.addAll(round);
      }
    }
    return messages.stream().filter(kept::contains).toList();
  }

  /// A statement that is prepared already is executed with fewer messages.
  private static List<String> executed(List<PostgresMessage> round) {
    return round.stream()
        .filter(message -> message.kind() == Kind.EXECUTE || message.kind() == Kind.QUERY)
        .map(PostgresMessage::statement)
        .toList();
  }

  private void add(PostgresMessage message) {
    long session = message.session().number();
    open.computeIfAbsent(session, _ -> new ArrayList<>()).add(message);
    boolean executes = message.kind() == Kind.EXECUTE || message.kind() == Kind.QUERY;
    String statement = message.statement().toLowerCase(Locale.ROOT);
    if (executes && (statement.startsWith("begin") || statement.startsWith("start transaction"))) {
      inTransaction.add(session);
    }
    if (executes && (statement.equals("commit") || statement.equals("rollback"))) {
      inTransaction.remove(session);
    }
    boolean ends = message.kind() == Kind.SYNC || message.kind() == Kind.QUERY;
    if (ends && !inTransaction.contains(session)) {
      closed.add(List.copyOf(open.remove(session)));
    }
  }
}
