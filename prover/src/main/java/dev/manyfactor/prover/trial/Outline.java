package dev.manyfactor.prover.trial;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The operations of an OpenAPI document, as far as rules ask for them.
public record Outline(List<Operation> operations) {
  /// Copies what could change.
  public Outline {
    operations = List.copyOf(operations);
  }

  /// One operation.
  ///
  /// @param id its `operationId`, or method and path
  /// @param path the template, for example `/v1/payments/{id}`
  /// @param isPublic whether it, or the document, declares `security: []` or none at all
  /// @param scopes what its first security requirement asks for
  /// @param idempotency `key`, `natural`, `safe` or `none`, as `x-idempotency` says or a header
  ///   parameter `Idempotency-Key` implies
  public record Operation(
      String id,
      String method,
      String path,
      boolean isPublic,
      Set<String> scopes,
      Optional<String> idempotency) {
    /// Copies what could change.
    public Operation {
      scopes = Set.copyOf(scopes);
    }
  }
}
