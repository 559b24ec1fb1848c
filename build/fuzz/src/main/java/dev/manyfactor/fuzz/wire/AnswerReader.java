package dev.manyfactor.fuzz.wire;

import dev.manyfactor.fuzz.document.Octets;
import dev.manyfactor.fuzz.generate.Draft.Header;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Reads one answer of HTTP/1.1 and not a byte more.
final class AnswerReader {
  private static final int LONGEST_LINE = 16 * 1024;
  private static final int LARGEST = 64 << 20;
  private final InputStream in;

  AnswerReader(InputStream in) {
    this.in = in;
  }

  /// @param toHead whether the request was a HEAD, whose answer has no body
  Reply.Answer read(boolean toHead) throws IOException {
    while (true) {
      int status = status(line());
      List<Header> headers = headers();
      if (status >= 200) {
        boolean none = toHead || status == 204 || status == 304;
        return new Reply.Answer(status, headers, none ? Octets.NONE : Octets.of(body(headers)));
      }
    }
  }

  private static int status(String line) throws IOException {
    if (!line.matches("HTTP/1\\.1 [1-9][0-9]{2}( .*)?")) {
      throw new ProtocolException("no status line: " + line);
    }
    return Integer.parseInt(line, 9, 12, 10);
  }

  private List<Header> headers() throws IOException {
    var headers = new ArrayList<Header>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new ProtocolException("no header: " + line);
      }
      headers.add(new Header(line.substring(0, colon), line.substring(colon + 1).strip()));
    }
    return headers;
  }

  private byte[] body(List<Header> headers) throws IOException {
    for (Header header : headers) {
      switch (header.name().toLowerCase(Locale.ROOT)) {
        case "transfer-encoding" -> {
          return chunks();
        }
        case "content-length" -> {
          return exactly(Integer.parseInt(header.value()));
        }
        default -> {}
      }
    }
    return in.readNBytes(LARGEST);
  }

  private byte[] chunks() throws IOException {
    var bytes = new ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(line(), 16);
      bytes.writeBytes(exactly(size));
      if (!line().isEmpty()) {
        throw new ProtocolException("a chunk does not end where it should");
      }
      if (size == 0) {
        return bytes.toByteArray();
      }
    }
  }

  private byte[] exactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the body has %d bytes instead of %d".formatted(bytes.length, length));
    }
    return bytes;
  }

  private String line() throws IOException {
    var line = new ByteArrayOutputStream();
    while (line.size() < LONGEST_LINE) {
      int octet = in.read();
      if (octet < 0) {
        throw new EOFException(line.size() == 0 ? "nothing more came" : "a line has no end");
      }
      if (octet == '\n') {
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
      }
      line.write(octet);
    }
    throw new ProtocolException("a line is longer than " + LONGEST_LINE);
  }
}
