package dev.manyfactor.fuzz.contract;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One operation of a contract.
///
/// @param method in upper case
/// @param path the template, such as `/v1/payments/{id}`
/// @param parameters those of the path item included, without `Idempotency-Key`
/// @param responses by status, or `default`
/// @param scopes what a token must grant; empty for a public operation
/// @param keyed whether it takes an `Idempotency-Key`
public record ApiOperation(
    String id,
    String method,
    String path,
    List<ApiParameter> parameters,
    Optional<ApiBody> body,
    Map<String, ApiResponse> responses,
    Optional<Set<String>> scopes,
    boolean keyed) {
  /// Copies the lists.
  public ApiOperation {
    parameters = List.copyOf(parameters);
    responses = Map.copyOf(responses);
  }

  /// The body of a request.
  ///
  /// @param content what it may be
  public record ApiBody(boolean required, ApiContent content) {}

  /// The parameters of one place.
  public List<ApiParameter> parameters(ApiParameter.In in) {
    return parameters.stream().filter(parameter -> parameter.in() == in).toList();
  }

  /// What the contract says of a status; falls back on `default`.
  public Optional<ApiResponse> response(int status) {
    return Optional.ofNullable(responses.get(String.valueOf(status)))
        .or(() -> Optional.ofNullable(responses.get("default")));
  }

  /// Whether the contract names this status itself.
  public boolean declares(int status) {
    return responses.containsKey(String.valueOf(status));
  }

  /// The place of the collection that this path is an item of: `/v1/payments` of
  /// `/v1/payments/{id}`.
  public static String collection(String path) {
    return path.substring(0, Math.max(0, path.indexOf("/{")));
  }
}
