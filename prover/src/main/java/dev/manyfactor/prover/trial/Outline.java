package dev.manyfactor.prover.trial;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The operations of an OpenAPI document, as far as rules ask for them.
public record Outline(List<Operation> operations) {
  /// Copies what could change.
  public Outline {
    operations = List.copyOf(operations);
  }

  /// The operation that a request is one of; one whose path is written out goes before a template.
  ///
  /// @param path as it is sent
  public Optional<Operation> operation(String method, String path) {
    return operations.stream()
        .filter(operation -> operation.method().equals(method))
        .filter(operation -> matches(operation.path(), path))
        .min(Comparator.comparing(operation -> operation.path().contains("{")));
  }

  private static boolean matches(String template, String path) {
    String[] wanted = template.split("/", -1);
    String[] given = path.split("\\?", 2)[0].split("/", -1);
    if (wanted.length != given.length) {
      return false;
    }
    for (int index = 0; index < wanted.length; index++) {
      if (!wanted[index].contains("{") && !wanted[index].equals(given[index])) {
        return false;
      }
    }
    return true;
  }

  /// One operation.
  ///
  /// @param id its `operationId`, or method and path
  /// @param path the template, for example `/v1/payments/{id}`
  /// @param isPublic whether it, or the document, declares `security: []` or none at all
  /// @param scopes what its first security requirement asks for
  /// @param idempotency `key`, `natural`, `safe` or `none`, as `x-idempotency` says or a header
  ///   parameter `Idempotency-Key` implies
  /// @param requiresKey whether `x-idempotency` is `key`, or that parameter is required
  /// @param responses the keys of its responses: `201`, `4XX`, `default`
  public record Operation(
      String id,
      String method,
      String path,
      boolean isPublic,
      Set<String> scopes,
      Optional<String> idempotency,
      boolean requiresKey,
      Set<String> responses) {
    /// Copies what could change.
    public Operation {
      scopes = Set.copyOf(scopes);
      responses = Set.copyOf(responses);
    }
  }
}
