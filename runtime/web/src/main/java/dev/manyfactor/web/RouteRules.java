package dev.manyfactor.web;

import java.util.ArrayList;
import java.util.List;

/// What must hold between the operations and what they stand on before a port is opened.
final class RouteRules {
  private final Backing backing;
  private final List<String> problems = new ArrayList<>();

  private RouteRules(Backing backing) {
    this.backing = backing;
  }

  /// @throws IllegalArgumentException naming every rule that is broken, with its remedy
  static void check(List<Operation> operations, Backing backing) {
    var rules = new RouteRules(backing);
    operations.forEach(rules::check);
    if (!rules.problems.isEmpty()) {
      throw new IllegalArgumentException(
          "the contract cannot be served:\n  " + String.join("\n  ", rules.problems));
    }
  }

  private void check(Operation operation) {
    if (Pages.isReserved(operation.path())) {
      add(operation, "has the path " + operation.path() + " of the server itself; choose another");
    }
    switch (operation.access()) {
      case Access.Public() -> {
        if (!(operation.handler() instanceof Handler.Plain)) {
          add(operation, "is public, so it has no tenant; give it x-transaction: none or security");
        }
      }
      case Access.Scopes _ -> {
        if (backing.authenticator().isEmpty()) {
          add(
              operation,
              "needs a token but nothing verifies tokens; give the server an authenticator");
        }
      }
    }
    checkHandler(operation);
  }

  private void checkHandler(Operation operation) {
    boolean keyed = operation.idempotent() instanceof Idempotent.Keyed;
    boolean stores =
        switch (operation.handler()) {
          case Handler.Writing _, Handler.Calling _ -> true;
          case Handler.Reading _, Handler.Plain _ -> false;
        };
    if (keyed && !stores) {
      add(operation, "is keyed but stores nothing; give it x-transaction: write or call");
    }
    if (keyed && backing.idempotency().isEmpty()) {
      add(operation, "is keyed but nothing keeps keys; give the server an idempotency");
    }
    if (!(operation.handler() instanceof Handler.Plain) && backing.database().isEmpty()) {
      add(operation, "needs a database; declare one in compose or give it x-transaction: none");
    }
  }

  private void add(Operation operation, String problem) {
    problems.add("operation " + operation.id() + ' ' + problem);
  }
}
