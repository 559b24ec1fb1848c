package dev.manyfactor.web;

import dev.manyfactor.context.Context;
import dev.manyfactor.database.Call;
import dev.manyfactor.database.Read;
import dev.manyfactor.database.Write;

/// What answers an operation, and what it may do meanwhile.
public sealed interface Handler {

  /// How the request is decoded, whatever its action may do.
  Preparation<?> preparation();

  /// Runs in a read-only transaction; makes no calls (`x-transaction: read`).
  record Reading(Preparation<Read> preparation) implements Handler {}

  /// Runs in the business transaction, in which the stored response commits too; makes no calls
  /// (`x-transaction: write`).
  record Writing(Preparation<Write> preparation) implements Handler {}

  /// Runs without an open transaction, may make calls, and ends in one write (`x-transaction:
  /// call`).
  record Calling(Preparation<Call> preparation) implements Handler {}

  /// Runs without a transaction and may make calls, but stores nothing: for an operation without a
  /// tenant or a service without a database (`x-transaction: none`).
  record Plain(Preparation<Context> preparation) implements Handler {}
}
