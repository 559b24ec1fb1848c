package dev.manyfactor.fuzz.wire;

import dev.manyfactor.fuzz.document.Octets;
import dev.manyfactor.fuzz.generate.Draft.Header;
import java.util.List;
import java.util.Optional;

/// What came back for a request.
public sealed interface Reply {
  /// An answer.
  record Answer(int status, List<Header> headers, Octets body) implements Reply {
    /// Copies the headers.
    public Answer {
      headers = List.copyOf(headers);
    }

    /// The first value of a header, in any spelling of its name.
    public Optional<String> header(String name) {
      return headers.stream()
          .filter(header -> header.name().equalsIgnoreCase(name))
          .map(Header::value)
          .findFirst();
    }

    /// The body as text.
    public String text() {
      return body.text();
    }
  }

  /// Nothing in the time that was given.
  record Silence() implements Reply {}

  /// The connection ended before there was a whole answer.
  ///
  /// @param how in words
  record Broken(String how) implements Reply {}
}
