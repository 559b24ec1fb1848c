package dev.manyfactor.identity;

import java.util.Set;
import java.util.TreeSet;

/// The values of the `WWW-Authenticate` header (RFC 6750, section 3).
public final class Challenge {

  private Challenge() {}

  /// For a request without a token, with status 401: says only what is wanted.
  public static String missing() {
    return "Bearer";
  }

  /// For a token that is not good, with status 401.
  public static String invalid(String description) {
    return "Bearer error=\"invalid_token\", error_description=\"" + description + '"';
  }

  /// For a good token without a scope that the operation needs, with status 403.
  public static String insufficientScope(Set<String> needed) {
    return "Bearer error=\"insufficient_scope\", scope=\""
        + String.join(" ", new TreeSet<>(needed))
        + '"';
  }
}
