package dev.manyfactor.prover.rules;

import dev.manyfactor.faults.PostgresMessage;
import dev.manyfactor.faults.PostgresMessage.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Messages in the transactions that they are part of, as far as their texts tell.
final class Transactions {
  private static final Pattern ENDS =
      Pattern.compile("(.*;\\s*)?(commit|end)\\b[^;]*;?\\s*", Pattern.DOTALL);
  private static final Pattern BEGINS = Pattern.compile("(begin|start transaction)\\b.*");
  private static final Pattern WRITES =
      Pattern.compile(
          "(insert|update|delete|merge|with|call|copy|create|alter|drop|grant|truncate)\\b.*",
          Pattern.DOTALL);

  private final List<PostgresMessage> statements = new ArrayList<>();
  private final Set<PostgresMessage> durable = new HashSet<>();
  private final Set<Long> open = new HashSet<>(); // sessions in a transaction

  /// @param counted in the order in which they came
  Transactions(List<PostgresMessage> counted) {
    counted.forEach(this::take);
  }

  private void take(PostgresMessage message) {
    long session = message.session().number();
    String text = message.statement().strip().toLowerCase(Locale.ROOT);
    boolean syncs = message.kind() == Kind.SYNC;
    boolean writesAlone = !open.contains(session) && WRITES.matcher(text).matches();
    if (syncs && !writesAlone) {
      return; // it ends nothing that is not ended already
    }
    statements.add(message);
    if (ENDS.matcher(text).matches()) {
      open.remove(session);
      durable.add(message);
    } else if (BEGINS.matcher(text).matches()) {
      open.add(session);
    } else if (text.startsWith("rollback") && !text.startsWith("rollback to")) {
      open.remove(session);
    } else if (writesAlone && message.kind() != Kind.EXECUTE) {
      durable.add(message); // an EXECUTE alone becomes durable with its SYNC
    }
  }

  /// Whether a message begins or ends a transaction and does nothing else, as many do.
  static boolean isControl(PostgresMessage message) {
    String text = message.statement().strip().toLowerCase(Locale.ROOT);
    return text.isEmpty()
        || BEGINS.matcher(text).matches()
        || ENDS.matcher(text).matches()
        || text.startsWith("rollback");
  }

  /// What the server carries out: statements, and what commits one that stands alone.
  List<PostgresMessage> statements() {
    return List.copyOf(statements);
  }

  /// Whether something becomes durable with a message.
  boolean makesDurable(PostgresMessage message) {
    return durable.contains(message);
  }
}
