package dev.manyfactor.formation;

import java.net.URI;
import java.util.Optional;

/// What [IssuerEndpoints] serves: an issuer's address, keys, clients and tokens.
public interface TokenSource {
  /// The address that is in every token's `iss`, and that discovery starts from.
  URI url();

  /// What everybody may know of the keys, as a JSON Web Key Set.
  String publicKeys();

  /// A client that may ask for tokens, by its id.
  Optional<Client> client(String id);

  /// A signed token that is good for [Issuer#LIFETIME].
  String token(Claims claims);
}
