/// Tokens verified against cached keys; scopes and tenant.
///
/// Promises: a token is accepted only if the configured issuer signed it for this service with a
/// key and an algorithm that are allowed, and only while it is valid; keys are rotated without a
/// restart, and kept while the issuer is down. A service starts without its issuer and lets nobody
/// in until the issuer's keys are known.
///
/// Refuses: `none`, shared secrets, unknown types of token, keys or algorithms that the token
/// itself brings along, and an issuer reached without TLS unless it runs on the same machine.
///
/// Read [Authenticator] first, then [TokenVerifier], `SignatureCheck` and `ClaimsCheck`;
/// [ClientCredentials] is the other direction, tokens for calling others.
@NullMarked
package dev.manyfactor.identity;

import org.jspecify.annotations.NullMarked;
