package dev.manyfactor.contract.model;

import java.util.List;

/// Why repeating a request does no harm.
public sealed interface Idempotency {
  /// By the `Idempotency-Key` header.
  record Keyed() implements Idempotency {}

  /// By a unique constraint over these columns.
  record Natural(List<String> columns) implements Idempotency {
    /// Copies the list.
    public Natural {
      columns = List.copyOf(columns);
    }
  }

  /// Repeating changes nothing.
  record Safe() implements Idempotency {}

  /// It does harm, and this is why that is accepted.
  record None(String reason) implements Idempotency {}
}
