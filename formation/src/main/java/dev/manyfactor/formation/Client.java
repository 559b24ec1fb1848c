package dev.manyfactor.formation;

import java.util.Set;

/// A program that may ask the local issuer for tokens, and for which ones.
///
/// @param id its `client_id`
/// @param secret its `client_secret`; never printed
/// @param rights what its tokens may say
public record Client(String id, String secret, Rights rights) {

  /// What the tokens of a client may say.
  public sealed interface Rights {
    /// A service: its tokens always name this audience and tenant, and at most these scopes.
    ///
    /// @param subject who its tokens are about
    record Fixed(String subject, String audience, String tenant, Set<String> scopes)
        implements Rights {
      /// Copies the scopes.
      public Fixed {
        scopes = Set.copyOf(scopes);
      }
    }

    /// The developer at this machine: any audience, tenant, subject and scopes, taken from the
    /// request.
    record Any() implements Rights {}
  }

  /// A service with a fresh random secret.
  public static Client service(String id, Rights.Fixed rights) {
    return new Client(id, ClusterSecrets.password(), rights);
  }

  /// The developer with a fresh random secret.
  public static Client developer() {
    return new Client("developer", ClusterSecrets.password(), new Rights.Any());
  }

  /// Without the secret.
  @Override
  public String toString() {
    return "Client[" + id + ", " + rights + "]";
  }
}
