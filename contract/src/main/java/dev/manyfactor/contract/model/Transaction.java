package dev.manyfactor.contract.model;

/// What a handler may do: the type of its first argument.
public enum Transaction {
  /// Read only, no calls.
  READ("Read", "Reading"),
  /// The business transaction, no calls.
  WRITE("Write", "Writing"),
  /// Calls first, then one write.
  CALL("Call", "Calling"),
  /// Calls, and nothing stored; for operations without a tenant.
  NONE("Context", "Plain");

  private final String argument;
  private final String handler;

  Transaction(String argument, String handler) {
    this.argument = argument;
    this.handler = handler;
  }

  /// The type of the handler's first argument.
  public String argument() {
    return argument;
  }

  /// What the runtime calls such a handler.
  public String handler() {
    return handler;
  }
}
