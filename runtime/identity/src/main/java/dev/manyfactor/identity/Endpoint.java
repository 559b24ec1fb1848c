package dev.manyfactor.identity;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/// What an address of the issuer must be like for its answers to be believed.
final class Endpoint {
  private static final Pattern THIS_MACHINE =
      Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]", Pattern.CASE_INSENSITIVE);

  private Endpoint() {}

  /// Whether nobody in between can change what comes from there: TLS, or the same machine.
  static boolean isTrustworthy(URI address) {
    String scheme = address.getScheme();
    String host = address.getHost();
    if (scheme == null || host == null || address.getRawUserInfo() != null) {
      return false;
    }
    return scheme.equals("https")
        || (scheme.equals("http") && THIS_MACHINE.matcher(host).matches());
  }

  /// Whether `address`, which `issuer` has named, is trustworthy and not below the issuer's own
  /// TLS.
  static boolean isAsTrustworthy(String address, URI issuer) {
    try {
      URI named = new URI(address);
      return isTrustworthy(named)
          && (named.getScheme().equals("https") || issuer.getScheme().equals("http"));
    } catch (URISyntaxException unreadable) {
      return false;
    }
  }
}
