package dev.manyfactor.formation;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/// Takes away the length 0 that Jetty adds to answers which never have a body: 204 has none, and in
/// 304 it would be that of the content which the client has (RFC 9110, section 8.6).
final class BodilessAnswer extends HttpStream.Wrapper {
  private final Response response;

  private BodilessAnswer(HttpStream stream, Response response) {
    super(stream);
    this.response = response;
  }

  /// Watches over the answer to this request.
  static void watch(Request request, Response response) {
    request.addHttpStreamWrapper(stream -> new BodilessAnswer(stream, response));
  }

  @Override
  public void prepareResponse(HttpFields.Mutable headers) {
    if (HttpStatus.hasNoBody(response.getStatus())) {
      headers.remove(HttpHeader.CONTENT_LENGTH);
    }
    super.prepareResponse(headers);
  }
}
