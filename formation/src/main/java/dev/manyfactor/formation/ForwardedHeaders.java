package dev.manyfactor.formation;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// Say to an instance who asked, as RFC 7239 and as everybody did before it.
///
/// Nothing stands in front of the router, so what a client says of that itself is not passed on.
final class ForwardedHeaders {
  private ForwardedHeaders() {}

  static void put(Request request, HttpFields.Mutable headers) {
    String client = Request.getRemoteAddr(request);
    String host = request.getHeaders().get(HttpHeader.HOST);
    headers.put(HttpHeader.FORWARDED, "for=" + client + forwardedHost(host) + ";proto=http");
    headers.put(HttpHeader.X_FORWARDED_FOR, client);
    headers.put(HttpHeader.X_FORWARDED_PROTO, "http");
    if (host == null) {
      headers.remove(HttpHeader.X_FORWARDED_HOST);
    } else {
      headers.put(HttpHeader.X_FORWARDED_HOST, host);
    }
  }

  private static String forwardedHost(@Nullable String host) {
    return host == null ? "" : ";host=\"" + host.replaceAll("[\"\\\\]", "") + "\"";
  }
}
