package dev.manyfactor.fuzz.generate;

import java.util.List;

/// Access tokens, good and bad.
///
/// @param good may do all that the contract has
/// @param foreign as `good`, for another tenant
/// @param powerless of the same tenant, without any scope of the contract
/// @param unknown none of them is accepted: expired, for another service, of another issuer
public record Tokens(String good, String foreign, String powerless, List<String> unknown) {
  /// Copies the list.
  public Tokens {
    unknown = List.copyOf(unknown);
  }

  /// Nothing of them: they are secrets.
  @Override
  public String toString() {
    return "Tokens";
  }
}
