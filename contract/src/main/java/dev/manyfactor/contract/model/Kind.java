package dev.manyfactor.contract.model;

/// What the code is wanted for.
public enum Kind {
  /// To serve the contract: types, an interface to implement, an outcome type per operation.
  /// Objects refuse fields that the contract does not know.
  SERVER,
  /// To call a service that serves it: only the types. Objects skip fields that they do not know,
  /// so that the other service may add some.
  TYPES
}
