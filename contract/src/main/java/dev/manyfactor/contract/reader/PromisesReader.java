package dev.manyfactor.contract.reader;

import dev.manyfactor.contract.model.Access;
import dev.manyfactor.contract.model.Idempotency;
import dev.manyfactor.contract.model.Operation;
import dev.manyfactor.contract.model.Transaction;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads what the runtime does around an operation: `x-transaction`, `x-idempotency`, `x-deadline`.
final class PromisesReader {
  private static final Duration USUAL_DEADLINE = Duration.ofSeconds(10);
  private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,5})(ms|s|m)");

  private final Node node;
  private final String method;

  PromisesReader(Node node, String method) {
    this.node = node;
    this.method = method;
  }

  static boolean isKeyed(Operation.Promises promises) {
    return promises.idempotency() instanceof Idempotency.Keyed;
  }

  Operation.Promises read(Optional<Access> access) {
    Transaction transaction = transaction();
    Idempotency idempotency = new IdempotencyReader(node).read(usualIdempotency(transaction));
    Operation.Promises promises =
        new Operation.Promises(
            access.orElse(new Access.Public()), transaction, idempotency, deadline());
    checkTenant(access, transaction);
    checkEffects(promises);
    return promises;
  }

  private Transaction transaction() {
    Optional<String> word = node.text("x-transaction");
    return switch (word.orElse(isGet() ? "read" : "write")) {
      case "read" -> Transaction.READ;
      case "write" -> Transaction.WRITE;
      case "call" -> Transaction.CALL;
      case "none" -> Transaction.NONE;
      default -> {
        node.problem(
            "x-transaction",
            "'x-transaction' must be read, write, call or none, but is " + word.orElse(""));
        yield Transaction.WRITE;
      }
    };
  }

  private Idempotency usualIdempotency(Transaction transaction) {
    boolean isNewEachTime = method.equals("POST") || method.equals("PATCH");
    boolean isStored = transaction == Transaction.WRITE || transaction == Transaction.CALL;
    return isNewEachTime && isStored ? new Idempotency.Keyed() : new Idempotency.Safe();
  }

  private Duration deadline() {
    Optional<String> text = node.text("x-deadline");
    Matcher duration = DURATION.matcher(text.orElse("10s"));
    if (!duration.matches()) {
      node.problem(
          "x-deadline",
          "'x-deadline' must be a time such as 500ms, 5s or 2m, but is " + text.orElse(""));
      return USUAL_DEADLINE;
    }
    return Duration.parse(
        switch (duration.group(2)) {
          case "ms" -> "PT" + millis(duration.group(1)) + "S";
          default -> "PT" + duration.group(1) + duration.group(2).toUpperCase(Locale.ROOT);
        });
  }

  private static String millis(String count) {
    return BigDecimal.valueOf(Long.parseLong(count), 3).toPlainString();
  }

  /// Every transaction has one tenant, and only a known caller has one.
  private void checkTenant(Optional<Access> access, Transaction transaction) {
    boolean isPublic = access.isPresent() && access.get() instanceof Access.Public;
    if (isPublic && transaction != Transaction.NONE) {
      node.problem(
          "security",
          "is open to everyone, so there is no tenant for a transaction; set x-transaction: none, or require a scope");
    }
  }

  private void checkEffects(Operation.Promises promises) {
    boolean isKeyed = isKeyed(promises);
    if (isKeyed && promises.transaction() == Transaction.NONE) {
      node.problem(
          "x-transaction",
          "stores nothing, so no key can be kept; set x-idempotency to safe or none: reason");
    }
    if (isGet() && promises.transaction() == Transaction.WRITE) {
      node.problem(
          "x-transaction", "a GET changes nothing (RFC 9110); use read or call, or another method");
    }
    boolean onlyReads = isGet() || promises.transaction() == Transaction.READ;
    if (onlyReads && !(promises.idempotency() instanceof Idempotency.Safe)) {
      node.problem(
          "x-idempotency", "changes nothing, so it is safe to repeat; leave x-idempotency out");
    }
  }

  private boolean isGet() {
    return method.equals("GET");
  }
}
