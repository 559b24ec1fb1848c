package dev.manyfactor.web;

/// Ends the handling of a request with an answer that its later steps need not know of.
final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final String SOON = "1";

  private final transient Response response;

  Refused(Response response) {
    super("the request is refused with status " + response.status(), null, false, false);
    this.response = response;
  }

  Response response() {
    return response;
  }

  /// The same, with one more header.
  Refused with(String header, String value) {
    return new Refused(response.header(header, value));
  }

  /// The same, with the advice to try again in a second.
  Refused retrySoon() {
    return with("Retry-After", SOON);
  }
}
