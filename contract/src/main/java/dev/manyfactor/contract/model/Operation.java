package dev.manyfactor.contract.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// One thing that a caller can ask for.
///
/// @param id the `operationId`, such as `createPayment`; also the Java method
/// @param method the HTTP method in capitals
/// @param path the whole template, such as `/v1/payments/{id}`
/// @param description summary and description, in Markdown; may be empty
/// @param deprecated whether callers are asked to leave it
/// @param parameters in the order of the contract, without those that the runtime reads itself
/// @param outcomes how it can end, by ascending status
public record Operation(
    String id,
    String method,
    String path,
    String description,
    boolean deprecated,
    Promises promises,
    List<Parameter> parameters,
    Optional<Body> body,
    List<Outcome> outcomes) {

  /// Copies the lists.
  public Operation {
    parameters = List.copyOf(parameters);
    outcomes = List.copyOf(outcomes);
  }

  /// What the runtime does around the operation.
  ///
  /// @param deadline longest time for the whole of it
  public record Promises(
      Access access, Transaction transaction, Idempotency idempotency, Duration deadline) {}

  /// The parameters that stand in this place.
  public List<Parameter> parameters(Parameter.Place place) {
    return parameters.stream().filter(parameter -> parameter.place() == place).toList();
  }

  /// The name of the type of its outcomes, such as `CreatePayment`.
  public String typeName() {
    return Character.toUpperCase(id.charAt(0)) + id.substring(1);
  }
}
