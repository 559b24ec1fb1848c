package dev.manyfactor.idempotency;

/// What is known of a key when its work begins.
sealed interface Found {

  /// Nothing: the work may run, and nobody else runs it meanwhile.
  record Free() implements Found {}

  /// Another transaction is about to answer.
  record Held() implements Found {}

  /// There is an answer.
  ///
  /// @param same whether it answers the same request
  record Stored(boolean same) implements Found {}
}
